/** Words of the directory (LDAP, Active Directory) that settings, pages and the service share. */

export const DIRECTORY_SECURITY = ['ldaps', 'starttls', 'none'] as const;
export type DirectorySecurity = (typeof DIRECTORY_SECURITY)[number];

/** What is read of a person. */
export const DIRECTORY_ATTRIBUTES = ['login', 'name', 'email', 'employeeNumber', 'department', 'title'] as const;
export type DirectoryAttribute = (typeof DIRECTORY_ATTRIBUTES)[number];
