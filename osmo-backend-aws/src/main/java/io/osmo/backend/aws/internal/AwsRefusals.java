// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import static io.osmo.backend.error.CloudError.NOT_AUTHORIZED;
import static io.osmo.backend.spi.provider.ErrorRow.codes;

import io.osmo.backend.spi.provider.ErrorRow;
import java.util.List;
import java.util.stream.Stream;

/** Rows about calls that AWS refuses for whose they are: credentials, regions, the account, signatures, policies. */
final class AwsRefusals {
    private static final String EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";
    private static final String COMMON = "https://docs.aws.amazon.com/eks/latest/APIReference/CommonErrors.html";
    private static final String ROLES = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html";
    private static final String DENIED =
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html";
    private static final String REGIONS =
            "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html";
    private static final String CHAIN =
            "https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html";
    private static final String REFUSALS = """
            AccessDenied AccessDeniedException UnauthorizedOperation UnauthorizedException AuthorizationError
            NotAuthorized DependencyAccessDeniedException""";

    private AwsRefusals() {}

    static List<ErrorRow> rows() {
        return Stream.of(credentials(), regions(), accounts(), signatures(), organization(), policies())
                .flatMap(List::stream)
                .toList();
    }

    private static List<ErrorRow> credentials() {
        return List.of(
                codes(AwsErrorTable.NO_CREDENTIALS)
                        .saying("no credentials for profile|profile .*(not found|does not exist)")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Add the profile to ~/.aws/config or ~/.aws/credentials, or name another one in settings.profile or"
                                        + " AWS_PROFILE.")
                        .source(CHAIN),
                codes(AwsErrorTable.NO_CREDENTIALS)
                        .saying("\\bsso\\b.*(expired|invalid|not found)|token is expired")
                        .means(NOT_AUTHORIZED)
                        .remedy("Run aws sso login, with --profile if you use one.")
                        .source(CHAIN),
                codes(AwsErrorTable.NO_CREDENTIALS)
                        .means(NOT_AUTHORIZED)
                        .remedy("Set AWS_PROFILE, run aws sso login, or give the process a role.")
                        .source(CHAIN));
    }

    private static List<ErrorRow> regions() {
        return List.of(
                codes("InvalidClientTokenId" + AwsErrorTable.OPT_IN + " UnrecognizedClientException"
                                + AwsErrorTable.OPT_IN)
                        .means(NOT_AUTHORIZED)
                        .remedy("Enable this region for the account first: aws account enable-region, or Account in the"
                                + " console. If it is enabled, AWS does not recognize the credentials: check them with aws sts"
                                + " get-caller-identity.")
                        .source(REGIONS),
                codes("AuthFailure" + AwsErrorTable.OPT_IN)
                        .saying("not able to validate")
                        .means(NOT_AUTHORIZED)
                        .remedy("Enable this region for the account first: aws account enable-region, or Account in the"
                                + " console. If it is enabled, AWS does not recognize the credentials: check them with aws sts"
                                + " get-caller-identity.")
                        .source(REGIONS),
                codes("RegionDisabledException")
                        .means(NOT_AUTHORIZED)
                        .remedy("Ask an administrator to activate STS for the region, in the console under IAM, Account"
                                + " settings.")
                        .source(REGIONS));
    }

    private static List<ErrorRow> accounts() {
        return List.of(
                codes("OptInRequired")
                        .means(NOT_AUTHORIZED)
                        .remedy("Subscribe the account to the service that the message names, or enable the region.")
                        .source(COMMON),
                codes("PendingVerification Blocked")
                        .means(NOT_AUTHORIZED)
                        .remedy("AWS has not verified the account yet: wait for its email, or write to"
                                + " aws-verification@amazon.com.")
                        .source(EC2));
    }

    private static List<ErrorRow> signatures() {
        return List.of(
                codes("ExpiredToken ExpiredTokenException RequestExpired")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Renew the credentials (aws sso login, or a new session), then apply again. If they are new, check the"
                                        + " clock of this machine.")
                        .source(COMMON),
                codes("SignatureDoesNotMatch InvalidSignatureException RequestTimeTooSkewed")
                        .saying("signature (expired|not yet current)|too skewed")
                        .means(NOT_AUTHORIZED)
                        .remedy("Correct the clock of this machine: AWS accepts a signature only for a few minutes.")
                        .source(COMMON),
                codes("SignatureDoesNotMatch InvalidSignatureException IncompleteSignature RequestTimeTooSkewed")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Check that the secret access key belongs to the access key id, and that no proxy changes"
                                        + " requests.")
                        .source(COMMON),
                codes("InvalidClientTokenId UnrecognizedClientException MissingAuthenticationToken"
                                + " MissingAuthenticationTokenException")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "AWS does not recognize these credentials: check that the key exists, is active, and belongs"
                                        + " to this partition; aws sts get-caller-identity tests it.")
                        .source(COMMON),
                codes("AuthFailure")
                        .saying("not able to validate")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "AWS does not recognize these credentials: check that the key exists, is active, and belongs"
                                        + " to this partition; aws sts get-caller-identity tests it.")
                        .source(EC2));
    }

    private static List<ErrorRow> organization() {
        return List.of(
                codes(REFUSALS)
                        .saying("service control polic")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "A service control policy of the organization forbids {operation}; permissions in the account"
                                        + " do not help. Ask the administrators of the organization, or use another account or region.")
                        .source(DENIED),
                codes(REFUSALS)
                        .saying("resource control polic")
                        .means(NOT_AUTHORIZED)
                        .remedy("A resource control policy of the organization forbids {operation}; permissions in the"
                                + " account do not help. Ask the administrators of the organization.")
                        .source(DENIED),
                codes(REFUSALS)
                        .saying("permissions boundar")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "The permissions boundary of the caller does not allow {operation}: have it widened, or use a principal"
                                        + " without one. Further permissions do not help.")
                        .source(DENIED));
    }

    private static List<ErrorRow> policies() {
        return List.of(
                codes(REFUSALS)
                        .saying("session polic")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "The policy of the session does not allow {operation}: assume the role without it, or with a wider one.")
                        .source(DENIED),
                codes(REFUSALS)
                        .saying("vpc endpoint polic")
                        .means(NOT_AUTHORIZED)
                        .remedy("The policy of the VPC endpoint through which the call went does not allow "
                                + "{operation}: change that policy.")
                        .source(DENIED),
                codes(REFUSALS)
                        .saying("explicit deny")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "A policy denies {operation} explicitly: exempt the caller from the Deny statement in the"
                                        + " policy that the message names. Allowing it elsewhere does not help.")
                        .source(DENIED),
                codes(REFUSALS)
                        .saying("\\bkms:\\w+")
                        .means(NOT_AUTHORIZED)
                        .remedy("Allow the action on the KMS key that the message names, in the key policy and for the"
                                + " credentials in use.")
                        .source(DENIED),
                codes(REFUSALS)
                        .saying("perform: sts:AssumeRole\\b")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Correct the role in settings.roleArn, or allow the credentials of this machine to assume it"
                                        + " (sts:AssumeRole), also in the role's trust policy.")
                        .source(ROLES),
                codes("UnauthorizedOperation")
                        .saying("encoded authorization failure message")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Allow {operation} for the credentials in use, or use others; aws sts decode-authorization-message shows"
                                        + " which policy refused it.")
                        .source(EC2),
                codes(REFUSALS + " AuthFailure")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Allow {operation} for the credentials in use, or use others; sts:GetCallerIdentity shows the identity.")
                        .source(DENIED));
    }
}
