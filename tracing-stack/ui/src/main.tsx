// The UI starts here.
export {};
