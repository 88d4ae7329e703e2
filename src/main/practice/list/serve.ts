/**
 * The practice list as a process of its own:
 *   node serve.ts --data DIR [--port 0] [--seed FILE] [--rate 100] [--faults JSON] [--with-parent]
 */
import { servePractice } from '../kit/serve-practice.ts'
import { startListService } from './list-service.ts'
import { readPopulation } from './seed.ts'

await servePractice({
  name: 'practice list',
  readme: 'src/main/practice/list/README.md',
  start: ({ seedFile, ...options }) =>
    startListService({ ...options, ...(seedFile === undefined ? {} : { population: readPopulation(seedFile) }) }),
})
