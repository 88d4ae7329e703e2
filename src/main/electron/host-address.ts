/** Finds the address in what the headless host prints with --json: one line with `address`. */
const loopback = /^http:\/\/127\.0\.0\.1:\d{1,5}\//

export function addressIn(output: string): string | undefined {
  for (const line of output.split('\n')) {
    const address = addressOf(line)
    if (address !== undefined) return address
  }
  return undefined
}

function addressOf(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || !('address' in value)) return undefined
    const { address } = value
    return typeof address === 'string' && loopback.test(address) ? address : undefined
  } catch {
    // A line that is not JSON, or not whole yet, is no address.
    return undefined
  }
}
