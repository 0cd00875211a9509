import { MemoryStore } from './memory-store.ts';
import { metadataStoreContract } from './metadata-store.contract.ts';

metadataStoreContract('MemoryStore', async () => {
  let nowMs = 0;
  const store = new MemoryStore(() => nowMs);
  return {
    first: store,
    second: store,
    async expireLease() {
      nowMs += 1e9;
    },
    tearDown: () => store.close(),
  };
});
