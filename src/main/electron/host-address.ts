/** Finds the link in what the headless host prints: a line of its own, once it is whole. */
const link = /^\s*(http:\/\/127\.0\.0\.1:\d{1,5}\/#t=[\w-]+)\s*\n/m

export function addressIn(output: string): string | undefined {
  return link.exec(output)?.[1]
}
