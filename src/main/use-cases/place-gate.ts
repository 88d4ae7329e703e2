/**
 * Lets one run at a time write to a place. Two that look for a record, find none and make it would make it twice; none
 * of the services can be counted on to refuse the second.
 */
export interface PlaceGate {
  /**
   * Resolves when all places are free, with what gives them back; with undefined when `isUnwanted` has become true
   * meanwhile (told by `lookAgain`). Those who came first go first.
   */
  readonly take: (entry: Waiting) => Promise<(() => void) | undefined>
  /** Somebody who waits may not want to any more. */
  readonly lookAgain: () => void
  /** Who holds a place that this one waits for. */
  readonly holderFor: (id: string) => string | undefined
}

export interface Waiting {
  readonly id: string
  /** Numbers of the streams that are written to. */
  readonly places: readonly number[]
  readonly isUnwanted: () => boolean
}

interface Queued extends Waiting {
  readonly resolve: (release: (() => void) | undefined) => void
}

export function createPlaceGate(): PlaceGate {
  const holders = new Map<number, string>()
  let queue: readonly Queued[] = []

  const lookAgain = (): void => {
    const claimed = new Set<number>(holders.keys())
    const left: Queued[] = []
    for (const one of queue) {
      if (one.isUnwanted()) one.resolve(undefined)
      else if (one.places.some((place) => claimed.has(place))) {
        left.push(one)
        // Who came later must not overtake on a part of the places.
        for (const place of one.places) claimed.add(place)
      } else {
        for (const place of one.places) claimed.add(place)
        one.resolve(hold(one))
      }
    }
    queue = left
  }

  const hold = ({ id, places }: Waiting): (() => void) => {
    for (const place of places) holders.set(place, id)
    return () => {
      for (const place of places) holders.delete(place)
      lookAgain()
    }
  }

  return {
    take: (entry) =>
      new Promise((resolve) => {
        queue = [...queue, { ...entry, resolve }]
        lookAgain()
      }),
    lookAgain,
    holderFor: (id) => {
      const at = queue.findIndex((one) => one.id === id)
      const waiting = queue[at]
      if (!waiting) return undefined
      const holder = waiting.places.map((place) => holders.get(place)).find((held) => held !== undefined)
      return holder ?? queue.slice(0, at).find((one) => one.places.some((place) => waiting.places.includes(place)))?.id
    },
  }
}
