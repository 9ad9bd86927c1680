/** Where data is kept unless a flag says otherwise: below the folder that a program is started in. */
export const DATA_DIRECTORY = '.spoor/data';
