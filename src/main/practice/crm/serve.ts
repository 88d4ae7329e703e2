/**
 * The practice CRM as a process of its own:
 *   node serve.ts --data DIR [--port 0] [--seed FILE] [--rate 200] [--faults JSON] [--with-parent]
 */
import { servePractice } from '../kit/serve-practice.ts'
import { startCrmService } from './crm-service.ts'
import { readPopulation } from './seed.ts'

await servePractice({
  name: 'practice CRM',
  readme: 'src/main/practice/crm/README.md',
  start: ({ seedFile, ...options }) =>
    startCrmService({ ...options, ...(seedFile === undefined ? {} : { population: readPopulation(seedFile) }) }),
})
