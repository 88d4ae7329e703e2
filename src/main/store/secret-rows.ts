/** Rows of the vault: wrapped keys and sealed secrets. Nothing here is ever in clear. */
import type Database from 'better-sqlite3'
import type { KeySlotRow, SecretRow, SecretRows } from '#main/engine/ports/secret-rows.ts'

export function createSecretRows(db: Database.Database): SecretRows {
  const slots = db.prepare<[], KeySlotRow>('select id, kind, body from key_slot order by id')
  const countSlots = db.prepare<[], number>('select count(*) from key_slot').pluck()
  const putSlot = db.prepare<[string, string, string]>(`insert into key_slot(id, kind, body) values (?, ?, ?)
    on conflict do update set kind = excluded.kind, body = excluded.body`)
  const removeSlot = db.prepare<[string]>('delete from key_slot where id = ?')
  const countSecrets = db.prepare<[], number>('select count(*) from secret').pluck()
  const secret = db.prepare<[string, string], Buffer>('select blob from secret where scope = ? and name = ?').pluck()
  const putSecret = db.prepare<[string, string, Uint8Array]>(`insert into secret(scope, name, blob) values (?, ?, ?)
    on conflict do update set blob = excluded.blob`)
  const removeSecret = db.prepare<[string, string]>('delete from secret where scope = ? and name = ?')
  const names = db.prepare<[string], string>('select name from secret where scope = ? order by name').pluck()

  const addFirstSlots = db.transaction((first: readonly KeySlotRow[]): boolean => {
    if ((countSlots.get() ?? 0) > 0 || (countSecrets.get() ?? 0) > 0) return false
    for (const slot of first) putSlot.run(slot.id, slot.kind, slot.body)
    return true
  })
  const forgetAll = db.transaction(() => {
    db.exec('delete from secret; delete from key_slot')
  })

  return {
    slots: () => slots.all(),
    addFirstSlots: (first) => addFirstSlots.immediate(first),
    putSlot: (slot) => void putSlot.run(slot.id, slot.kind, slot.body),
    removeSlot: (id) => removeSlot.run(id).changes > 0,
    countSecrets: () => countSecrets.get() ?? 0,
    secret: (scope, name) => secret.get(scope, name) ?? null,
    putSecret: (row: SecretRow) => void putSecret.run(row.scope, row.name, row.blob),
    removeSecret: (scope, name) => removeSecret.run(scope, name).changes > 0,
    secretNames: (scope) => names.all(scope),
    forgetAll: () => forgetAll.immediate(),
  }
}
