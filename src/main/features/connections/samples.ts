/** The first records of an object, as the mapping editor shows them. */
import type { Output } from '#shared/contract/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { ConnectedObject, RemoteRecord } from '#shared/model/connected.ts'

type Samples = Output<'connections.samples'>

/** Reads as many pages as it takes to have `limit` records, or all of them. Throws AppError `cannot-read`. */
export async function samplesOf(object: ConnectedObject, limit: number, signal: AbortSignal): Promise<Samples> {
  if (!object.read) throw cannotRead(object.description.label)
  const samples: Samples['samples'] = []
  for await (const page of object.read({ pageSize: limit, signal })) {
    for (const record of page.records) {
      if (samples.length === limit) return { samples, hasMore: true }
      samples.push(sampleView(record))
    }
    if (samples.length === limit) return { samples, hasMore: page.next !== undefined }
  }
  return { samples, hasMore: false }
}

function sampleView({ externalId, values, place, issues = [] }: RemoteRecord): Samples['samples'][number] {
  return {
    externalId,
    values,
    ...(place === undefined ? {} : { place }),
    problems: issues.map(({ message }) => message),
  }
}

function cannotRead(label: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'cannot-read',
    message: `Records of "${label}" cannot be read through this connection.`,
    kept: 'Nothing was changed.',
    next: 'Choose another object, or add its list to the settings of the connection.',
  })
}
