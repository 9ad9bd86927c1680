export { tool } from '@spoor/tool';
