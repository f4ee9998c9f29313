type Twelve<T> = readonly [T, T, T, T, T, T, T, T, T, T, T, T];

/** January to December, as pages and mails write them. */
export const MONTH_NAMES: Readonly<Record<'en' | 'ms', Twelve<string>>> = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  ms: [
    'Januari',
    'Februari',
    'Mac',
    'April',
    'Mei',
    'Jun',
    'Julai',
    'Ogos',
    'September',
    'Oktober',
    'November',
    'Disember',
  ],
};
