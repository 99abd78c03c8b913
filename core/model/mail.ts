/** How a mail server is spoken to. */
export const MAIL_SECURITIES = ['starttls', 'tls', 'none'] as const;
export const MAIL_LOGINS = ['password', 'oauth2', 'none'] as const;
