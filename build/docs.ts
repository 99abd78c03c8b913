/** `npm run docs`: the pages of docs/ that are written from the program itself. */
import './formats-page.ts';
import './roles-page.ts';
