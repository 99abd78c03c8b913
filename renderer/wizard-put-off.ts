/** Whether the first-run wizard was left for later in this window. It comes back the next time the program starts. */
const STORED_AT = 'tollbook.wizard-put-off';

export function isWizardPutOff(): boolean {
  return sessionStorage.getItem(STORED_AT) !== null;
}

export function putWizardOff(): void {
  sessionStorage.setItem(STORED_AT, '1');
}
