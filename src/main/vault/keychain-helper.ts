/** Carries a keychain request to a process that the host starts: the way for a host that cannot start Node. */
import type { StartHelper } from '#shared/helper-process.ts'
import { type ChannelReply, type KeychainChannel, readReply } from './keychain-channel.ts'

/** A process for each request, ended when it has answered or when the time is up. Never throws. */
export function helperChannel(start: StartHelper): KeychainChannel {
  return (request, timeoutMs) =>
    new Promise((resolve) => {
      const helper = start('keychain', [])
      const settle = (reply: ChannelReply): void => {
        clearTimeout(timer)
        helper.kill()
        resolve(reply)
      }
      const timer = setTimeout(
        () => settle({ ok: false, phase: 'timeout', technical: `no answer within ${timeoutMs} ms` }),
        timeoutMs,
      )
      helper.onMessage((message) => settle(readReply(message) ?? broken))
      void helper.ended.then(() => settle(broken))
      helper.post(request)
    })
}

const broken: ChannelReply = {
  ok: false,
  phase: 'operate',
  technical: 'the keychain process ended without an answer that can be read',
}
