import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
} from 'aws-cdk-lib';

/** How `AcmRulesValidator` runs the command `acmrules`. */
export interface AcmRulesValidatorProps {
  /**
   * The command and its first arguments, such as `['uvx', 'acmrules']` or a path.
   *
   * @default ['acmrules']
   */
  readonly command?: string | readonly string[];

  /**
   * The settings file, such as a `.acmrules.toml`.
   *
   * @default - the nearest settings file
   */
  readonly config?: string;

  /**
   * The date whose rules apply, such as `2027-03-15`.
   *
   * @default - the date of the settings, or else today
   */
  readonly asOf?: string;

  /**
   * More options of `acmrules check`, such as `['--fail-on', 'warning']`.
   *
   * @default - none
   */
  readonly options?: readonly string[];
}

/**
 * Checks the certificate requests in the templates of an app with `acmrules check`.
 *
 * @example
 * Validations.of(app).addPlugins(new AcmRulesValidator());
 */
export declare class AcmRulesValidator implements IPolicyValidationPlugin {
  readonly name: string;
  readonly version: string;
  constructor(props?: AcmRulesValidatorProps);

  /** Returns the findings in the templates, or why `acmrules` cannot check them. */
  validate(context: IPolicyValidationContext): PolicyValidationPluginReport;
}
