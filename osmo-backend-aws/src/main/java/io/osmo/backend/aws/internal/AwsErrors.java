// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.provider.NoAnswer;
import io.osmo.backend.spi.provider.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/** Turns what the SDK throws into the errors that all clouds share, as {@link AwsErrorTable} says. */
final class AwsErrors {
    /**
     * Regions that every account can use. All newer ones of this partition have to be enabled first.
     *
     * @see <a href="https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html">regions of an account</a>
     */
    private static final Set<String> ENABLED = Set.of(
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2");

    private static final String PARTITION = "aws";

    /** How the SDK says that it has no credentials to sign with; there is no type for it. */
    private static final Pattern NO_CREDENTIALS = Pattern.compile(
            "unable to load credentials|no credentials for profile|credentials (could not|cannot) be|SSO session|token is expired|"
                    + "failed to load credentials|profile .* (not found|does not exist)|credential_process",
            Pattern.CASE_INSENSITIVE);

    /** What any call may be answered with while the role of the settings is assumed for it. */
    private static final Pattern ASSUMING =
            Pattern.compile("not authorized to perform: sts:AssumeRole\\b", Pattern.CASE_INSENSITIVE);

    private AwsErrors() {}

    static CloudException translate(String operation, String region, SdkException failure) {
        if (failure instanceof AwsServiceException refused) {
            return refused(operation, region, refused);
        }
        String message = summary(String.valueOf(failure.getMessage()));
        if (NO_CREDENTIALS.matcher(message).find()) {
            return AwsErrorTable.table()
                    .translate(operation, List.of(AwsErrorTable.NO_CREDENTIALS), "there are no credentials: " + message)
                    .cause(failure)
                    .build();
        }
        return NoAnswer.of(failure) == NoAnswer.UNKNOWN_HOST
                        && Region.of(region).metadata() == null
                ? unknownRegion(operation, region, failure)
                : AwsErrorTable.table().noAnswer(operation, failure);
    }

    private static CloudException unknownRegion(String operation, String region, SdkException failure) {
        List<String> codes = List.of(AwsErrorTable.UNKNOWN_REGION);
        String message = NoAnswer.UNKNOWN_HOST.describe(failure) + ", and the AWS SDK knows no region " + region;
        List<String> known = Region.regions().stream()
                .filter(each -> !each.isGlobalRegion())
                .map(Region::id)
                .toList();
        return AwsErrorTable.table()
                .translate(operation, codes, message)
                .remedy(AwsErrorTable.table().row(codes, message).remedy() + SettingsReader.didYouMean(region, known))
                .cause(failure)
                .build();
    }

    private static CloudException refused(String operation, String region, AwsServiceException refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        String http = "HTTP-" + refused.statusCode();
        String code = details == null || details.errorCode() == null ? http : details.errorCode();
        String message = details == null || details.errorMessage() == null
                ? String.valueOf(refused.getMessage())
                : details.errorMessage();
        List<String> codes = new ArrayList<>(List.of(code));
        if (isOptIn(region)) {
            codes.add(code + AwsErrorTable.OPT_IN);
        }
        codes.add(http);
        String asked = ASSUMING.matcher(message).find() ? "sts:AssumeRole" : operation;
        return AwsErrorTable.table()
                .translate(asked, codes, message)
                .requestId(refused.requestId())
                .cause(refused)
                .build();
    }

    /** An update of EKS that was accepted and then failed. */
    static CloudException updateFailed(String operation, String code, String message) {
        return AwsErrorTable.table()
                .translate(operation, List.of(AwsErrorTable.UPDATE + code), message)
                .code(code)
                .build();
    }

    private static boolean isOptIn(String region) {
        return !ENABLED.contains(region)
                && Region.of(region).metadata() != null
                && Region.of(region).metadata().partition().id().equals(PARTITION);
    }

    /** The SDK lists every place in which it has looked, and every profile; what comes before the list is enough. */
    private static String summary(String message) {
        int end = message.length();
        for (String list : List.of(" : [", ": ProfileFile(", " AwsCredentialsProviderChain(")) {
            int at = message.indexOf(list);
            end = at < 0 ? end : Math.min(end, at);
        }
        return message.substring(0, end);
    }
}
