/** Proposes the definition of a REST connection from an OpenAPI document: a definitions file to look through, complete and import. */
import { stringify } from 'yaml'
import { importOpenApi } from '#main/connectors/rest/openapi/import-openapi.ts'

/** Throws AppError (data, `openapi-unreadable`). The notes say what has to be looked at before it can be trusted. */
export function proposeConnection(
  connectionId: string,
  openApi: string,
): { readonly text: string; readonly notes: readonly string[] } {
  const { objects, notes, baseUrl, title, auth } = importOpenApi(openApi)
  const settings = { baseUrl: baseUrl ?? 'https://api.example.com', auth, objects }
  const connection = {
    id: connectionId,
    name: title ?? connectionId,
    connector: 'rest',
    environment: 'sandbox',
    settings,
  }
  const missing = baseUrl === null ? ['The document names no address: put the right one into baseUrl.'] : []
  return { text: stringify({ patchbay: 1, connections: [connection] }), notes: [...missing, ...notes] }
}
