/** The REST connector: any service with a JSON API, described by settings instead of code. */
import { defineConnector } from '#main/connector-kit/define-connector.ts'
import { openRest } from './rest-connection.ts'
import { restSettings } from './rest-settings.ts'

export const restConnector = defineConnector({
  id: 'rest',
  name: 'REST API',
  summary: 'Any service with a JSON API: you describe its addresses, or import its OpenAPI document.',
  config: restSettings,
  secrets: [
    {
      name: 'token',
      label: 'Access token',
      help: 'For a service that asks for a bearer token. Make one with read access only, unless Patchbay shall write.',
      isOptional: true,
    },
    {
      name: 'password',
      label: 'Password',
      help: 'For a service that asks for user name and password. Use an account of its own with few rights.',
      isOptional: true,
    },
    {
      name: 'key',
      label: 'API key',
      help: 'For a service with its own key header or key parameter. Restrict it to the objects you connect.',
      isOptional: true,
    },
  ],
  open: openRest,
})
