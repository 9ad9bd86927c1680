export { openEmbeddedStore } from '@spoor/storage-embedded';
