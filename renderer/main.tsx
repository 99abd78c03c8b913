import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/tables.css';
import './styles/pages.css';
import './styles/format-editor.css';
import './styles/reread.css';
import './styles/tariffs.css';
import './styles/codes.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startLanguage } from './language.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
await startLanguage();
createRoot(root).render(<App />);
