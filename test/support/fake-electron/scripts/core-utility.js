/** Stands where the built core stands in the real app: a core with test handlers. */
import { serveCore } from '#main/rpc/core-port.ts'
import { utilityPort } from '#main/rpc/utility-port.ts'
import { createTestCore } from '../../host/test-core.ts'

await serveCore(utilityPort(process), async (surroundings) => createTestCore(surroundings))
