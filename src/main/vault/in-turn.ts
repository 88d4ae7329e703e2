/** Runs asynchronous steps one after the other: what one step finds out still holds while it acts on it. */

export type InTurn = <Result>(step: () => Promise<Result>) => Promise<Result>

export function makeInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (step) => {
    const result = last.then(step)
    // A step that fails must not stop the ones behind it; its own caller gets the failure.
    last = result.catch(() => undefined)
    return result
  }
}
