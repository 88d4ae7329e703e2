/** An HTTPS service whose certificate nobody vouches for: what a client must refuse. Prints {"port":N}. */
import { createPrivateKey } from 'node:crypto'
import { createServer } from 'node:https'
import { endWithParent } from './child-lifetime.ts'

// Made for this test, trusted by nobody, valid for a hundred years, for localhost and 127.0.0.1.
const key =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPX6tySDBZbEwQ4DUiPloXFjBk4DRre64Qf6x5ctx2s+hRANCAAQsn6qALfNxjjugkUkEqibPNxEnHkSyCNvGp/VWDB5sVUk5j6tSjbz1eUVnBYee3ngPoDImrP1IiRZRwlx3KxQ5'
const certificate =
  'MIIBmjCCAUGgAwIBAgIUceuYdAZ+8AlvuZTogXhZOJXQdNQwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIxNDE0N1oYDzIxMjYxMDMwMjE0MTQ3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQsn6qALfNxjjugkUkEqibPNxEnHkSyCNvGp/VWDB5sVUk5j6tSjbz1eUVnBYee3ngPoDImrP1IiRZRwlx3KxQ5o28wbTAdBgNVHQ4EFgQUJTv6Pp8ju3wLCb0AXmuSxvZjOWswHwYDVR0jBBgwFoAUJTv6Pp8ju3wLCb0AXmuSxvZjOWswDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZIzj0EAwIDRwAwRAIgS3zPFPVpjW2RjsjC74MIcPhOmZ2w6lIboSiVsMJ/VswCIAOi0L5yPFiE3sChvtYzFSKSvhorkdX4FQPsOdNMi3BK'

const server = createServer(
  {
    key: createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' }).export({
      format: 'pem',
      type: 'pkcs8',
    }),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  },
  (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : 0 })}\n`)
})
endWithParent()
