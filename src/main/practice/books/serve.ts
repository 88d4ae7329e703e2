/**
 * The practice books as a process of their own:
 *   node serve.ts --data DIR [--port 0] [--seed FILE] [--rate 50] [--faults JSON] [--with-parent]
 */
import { servePractice } from '../kit/serve-practice.ts'
import { startBooksService } from './books-service.ts'
import { readPopulation } from './seed.ts'

await servePractice({
  name: 'practice books',
  readme: 'src/main/practice/books/README.md',
  start: ({ seedFile, ...options }) =>
    startBooksService({ ...options, ...(seedFile === undefined ? {} : { population: readPopulation(seedFile) }) }),
})
