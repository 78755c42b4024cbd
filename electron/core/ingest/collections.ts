import type { Collection } from '#contract/documents.ts'
import { CollectionId, type DocumentId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import type { Clock, Ids } from '../ports.ts'
import {
  deleteCollection,
  findCollection,
  findCollectionByName,
  insertCollection,
  listCollections,
  renameCollection,
} from '../store/collections.rows.ts'
import { listDocuments } from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'

export interface CollectionParts {
  store: Store
  ids: Ids
  clock: Clock
  changed: (documentIds: DocumentId[]) => void
}

export type Collections = ReturnType<typeof makeCollections>

/** The procedures of documentsContract about collections. They throw StudyError: not-found, bad-input. */
export function makeCollections({ store, ids, clock, changed }: CollectionParts) {
  function get(collectionId: CollectionId): Collection {
    const collection = findCollection(store.reader, collectionId)
    if (!collection) throw new StudyError('not-found', 'This collection is no longer there.')
    return collection
  }

  /** The collection of a name, made when there is none. */
  function ensure(name: string): CollectionId {
    const known = findCollectionByName(store.reader, name)
    if (known) return known.id
    const id = CollectionId.parse(ids.next())
    store.transaction((db) => insertCollection(db, { id, name, createdAtMs: clock.nowMs() }))
    return id
  }

  function refuseTaken(name: string, except?: CollectionId): void {
    const taken = findCollectionByName(store.reader, name)
    if (taken && taken.id !== except) {
      throw new StudyError('bad-input', `There is a collection named “${taken.name}” already. Choose another name.`)
    }
  }

  return {
    get,
    ensure,
    procedures: {
      collections: (): Collection[] => listCollections(store.reader),

      createCollection({ name }: { name: string }): Collection {
        refuseTaken(name)
        return get(ensure(name))
      },

      renameCollection({ collectionId, name }: { collectionId: CollectionId; name: string }): Collection {
        get(collectionId)
        refuseTaken(name, collectionId)
        store.transaction((db) => renameCollection(db, collectionId, name))
        return get(collectionId)
      },

      /** Its documents stay, without a collection. */
      deleteCollection({ collectionId }: { collectionId: CollectionId }): void {
        get(collectionId)
        const members = listDocuments(store.reader).filter((document) => document.collectionId === collectionId)
        store.transaction((db) => deleteCollection(db, collectionId))
        if (members.length > 0) changed(members.map(({ id }) => id))
      },
    },
  }
}
