/** Why what asks can't be done while nobody is signed in. */
export const signedOutReasons = {
  ask: 'Needs an account: restore points are asked of Microsoft Graph. Sign in; what is known stays readable.',
  sync: 'Needs an account: units and sessions are read from Microsoft Graph. Sign in; what is known stays readable.',
  gaps: 'Needs an account: the directory is read from Microsoft Graph. Sign in; what is known stays readable.',
  check: 'Needs an account: the check asks for its tokens. Sign in first.',
  control:
    'Needs an account: who controls the service is changed at Microsoft Graph. Sign in; what is known stays readable.',
  readService: 'Needs an account: the service is read from Microsoft Graph. Sign in; what is known stays readable.',
  change: 'Needs an account: policies are changed at Microsoft Graph. Sign in; what is known stays readable.',
} as const;

/** Why what writes or asks can't be done offline; one wording for all commands. */
export const offlineReasons = {
  ask: 'Needs a connection: restore points are asked of Microsoft Graph. What is known stays readable.',
  restore: 'Needs a connection: a restore is written to Microsoft Graph. Prepare a plan instead.',
  change: 'Needs a connection: policies are changed at Microsoft Graph. Nothing is sent later by itself.',
  control:
    'Needs a connection: who controls the service is changed at Microsoft Graph. Nothing is sent later by itself.',
  readService: 'Needs a connection: the service is read from Microsoft Graph. What is known stays readable.',
  sync: 'Needs a connection: units and sessions are read from Microsoft Graph. What is known stays readable.',
  gaps: 'Needs a connection: the directory is read from Microsoft Graph. What is known stays readable.',
  signIn: 'Needs a connection: the sign-in happens at Microsoft Entra ID.',
  addTenant: 'Needs a connection: the tenant is looked up at Microsoft Entra ID.',
  check: 'Needs a connection: the check asks Microsoft Entra ID and Microsoft Graph.',
} as const;
