export { isDatabaseDown } from '#db/errors.ts';
