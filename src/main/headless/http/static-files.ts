/** The files of the window over HTTP: what they are and which headers they carry stands in window-files.ts. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readWindowFile, startPage, type WindowFiles } from '#main/app/host/window-files.ts'
import { answerRefusal } from './answers.ts'
import { refusals } from './refusals.ts'
import { pathOf } from './routes.ts'

export async function serveFile(files: WindowFiles, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request.url)
  const file = await readWindowFile(files, path)
  if (file === null) {
    const isStartPage = path === '/' || path === startPage
    answerRefusal(request, response, isStartPage ? refusals.noWindow : refusals.notFound)
    return
  }
  response.writeHead(200, { ...file.headers, 'content-length': file.content.length })
  response.end(request.method === 'HEAD' ? undefined : file.content)
}
