import type { Locator, Page } from 'playwright-core';

/** How a person fills in the wildfire form, by what stands on the screen. */
export const field = (page: Page, label: string | RegExp): Locator => page.locator('diktyo-apply').getByLabel(label, { exact: typeof label === 'string' });

export async function choose(page: Page, group: string | RegExp, option: string): Promise<void> {
  await page.getByRole('group', { name: group }).getByText(option, { exact: true }).click();
}

export async function typeDate(page: Page, group: string | RegExp, [day, month, year]: readonly [string, string, string]): Promise<void> {
  const boxes = page.getByRole('group', { name: group });
  await boxes.getByLabel('Ημέρα').fill(day);
  await boxes.getByLabel('Μήνας').fill(month);
  await boxes.getByLabel('Έτος').fill(year);
}

export const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: typeof name === 'string' }).click();

export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { name, exact: true });

export async function fillHome(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Πού βρίσκεται το σπίτι;' }).getByRole('radio').first().check();
  await field(page, 'Οδός ή τοποθεσία').fill('Αγίας Παρασκευής');
  await field(page, /^Αριθμός/).fill('12');
  await field(page, 'Πόλη ή χωριό').fill('Μάνδρα');
  await field(page, 'Ταχυδρομικός κώδικας').fill('196 00');
  await typeDate(page, 'Ποια μέρα έγινε η ζημιά;', ['18', '7', '2023']);
  await choose(page, 'Είναι η κύρια κατοικία σας;', 'Ναι');
  await choose(page, 'Με ποιον τρόπο μένετε στο σπίτι;', 'Το νοικιάζουμε');
  await choose(page, /ζητήσει ήδη/, 'Όχι');
}

export async function fillApplicant(page: Page): Promise<void> {
  await field(page, 'Όνομα').fill('Ελένη');
  await field(page, 'Επώνυμο').fill('Παπαδοπούλου');
  await typeDate(page, 'Ημερομηνία γέννησης', ['1', '2', '1980']);
  await field(page, 'Είδος εγγράφου').selectOption({ label: 'ΑΦΜ' });
  await field(page, 'Αριθμός εγγράφου').fill('094 259 216');
}

export async function fillPeople(page: Page): Promise<void> {
  await choose(page, 'Έχετε αναπηρία 67 % και πάνω;', 'Όχι');
  await choose(page, 'Μένουν άλλα άτομα μαζί σας;', 'Όχι');
}

/** The same page when somebody lives with them: a child with a disability. */
export async function fillHousehold(page: Page): Promise<void> {
  await choose(page, 'Έχετε αναπηρία 67 % και πάνω;', 'Όχι');
  await choose(page, 'Μένουν άλλα άτομα μαζί σας;', 'Ναι');
  await press(page, /^Προσθήκη/);
  await field(page, 'Ονοματεπώνυμο').fill('Άρης Νικολάου');
  await typeDate(page, 'Ημερομηνία γέννησης', ['3', '4', '2015']);
  await choose(page, 'Τι είναι για εσάς;', 'Παιδί');
  await choose(page, 'Έχει αναπηρία 67 % και πάνω;', 'Ναι');
  await press(page, /^Καταχώριση/);
}

/** From the first page to check-your-answers. */
export async function fillAll(page: Page): Promise<void> {
  await press(page, 'Έναρξη αίτησης');
  await fillHome(page);
  await press(page, 'Συνέχεια');
  await fillApplicant(page);
  await press(page, 'Συνέχεια');
  await heading(page, 'Επικοινωνία').waitFor();
  await field(page, /E-mail/).fill('eleni@example.gr');
  await press(page, 'Συνέχεια');
  await fillPeople(page);
  await press(page, 'Συνέχεια');
  await heading(page, 'Δικαιολογητικά').waitFor();
  await press(page, 'Συνέχεια');
  await page.getByRole('checkbox').check();
  await press(page, 'Συνέχεια');
  await heading(page, 'Ελέγξτε όσα γράψατε').waitFor();
}
