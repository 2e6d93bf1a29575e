// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns what the SDK throws into the errors that all clouds share. Codes: the services' API references. */
final class AwsErrors {
    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
            "UnauthorizedException",
            "AuthFailure",
            "AuthorizationError",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "IncompleteSignature",
            "OptInRequired",
            "NotAuthorized");
    private static final Set<String> NO_CAPACITY = Set.of(
            "InsufficientInstanceCapacity",
            "InsufficientHostCapacity",
            "InsufficientReservedInstanceCapacity",
            "InsufficientCapacity",
            "InsufficientCapacityOnHost",
            "InsufficientFreeAddressesInSubnet",
            "InsufficientAddressCapacity",
            "ReservationCapacityExceeded",
            "SpotMaxPriceTooLow",
            "UnsupportedAvailabilityZoneException",
            "UnfulfillableCapacity");
    private static final Set<String> CONFLICT = Set.of(
            "ResourceInUseException",
            "ConflictException",
            "Conflict",
            "ConcurrentModification",
            "ConcurrentModificationException",
            "ScalingActivityInProgress",
            "ScalingActivityInProgressFault",
            "ResourceContention",
            "ResourceContentionFault",
            "OperationNotPermittedException",
            "OperationAbortedException",
            "KMSInvalidStateException",
            "IncorrectState",
            "IncorrectInstanceState",
            "InvalidState");
    private static final Set<String> DEPENDENCY = Set.of(
            "DependencyViolation",
            "DeleteConflict",
            "ResourceInUse",
            "InvalidIPAddress.InUse",
            "InvalidNetworkInterface.InUse",
            "InvalidGroup.InUse",
            "VolumeInUse",
            "Gateway.NotAttached.InUse");
    private static final Set<String> THROTTLED = Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestLimitExceeded",
            "TooManyRequestsException",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown",
            "PriorRequestNotComplete",
            "BandwidthLimitExceeded",
            "EC2ThrottledException");
    private static final Set<String> UNAVAILABLE = Set.of(
            "InternalError",
            "InternalFailure",
            "InternalServerError",
            "InternalException",
            "KMSInternalException",
            "ServerException",
            "ServiceFailure",
            "ServiceFailureException",
            "ServiceUnavailable",
            "ServiceUnavailableException",
            "Unavailable",
            "DependencyTimeoutException",
            "RequestTimeout",
            "RequestTimeoutException");
    private static final Set<String> NOT_FOUND = Set.of(
            "NoSuchEntity",
            "NotFoundException",
            "ResourceNotFoundException",
            "ResourceNotFound",
            "AccessPointNotFound",
            "InvalidAllocationID.NotFound",
            "NatGatewayNotFound",
            "InvalidVpcEndpointId.NotFound",
            "LoadBalancerNotFound",
            "TargetGroupNotFound");

    /** IAM and KMS are consistent after a while only, and other services say so in prose. */
    private static final Pattern NOT_YET = Pattern.compile(
            "cannot be assumed|could not be assumed|unable to assume|not authorized to assume|"
                    + "role .*(does not exist|is not valid|is invalid|not found)|invalid principal in policy|"
                    + "policy contains a statement with one or more invalid principals|trust relationship|"
                    + "cannot be found in the region yet|is not yet (available|propagated)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private AwsErrors() {}

    static CloudException translate(String operation, SdkException failure) {
        if (failure instanceof AwsServiceException refused) {
            AwsErrorDetails details = refused.awsErrorDetails();
            String code = details == null || details.errorCode() == null
                    ? "HTTP " + refused.statusCode()
                    : details.errorCode();
            String message = details == null || details.errorMessage() == null
                    ? String.valueOf(refused.getMessage())
                    : details.errorMessage();
            CloudError error = classify(code, message, refused);
            return CloudException.of(error, operation)
                    .code(code)
                    .message(message)
                    .remedy(remedy(error, operation))
                    .requestId(refused.requestId())
                    .cause(refused)
                    .build();
        }
        return CloudException.of(CloudError.UNAVAILABLE, operation)
                .code(failure.getClass().getSimpleName())
                .message(String.valueOf(failure.getMessage()))
                .remedy(remedy(CloudError.UNAVAILABLE, operation))
                .cause(failure)
                .build();
    }

    private static CloudError classify(String code, String message, AwsServiceException refused) {
        if (THROTTLED.contains(code) || refused.isThrottlingException()) {
            return CloudError.THROTTLED;
        }
        if (DENIED.contains(code)) {
            return CloudError.NOT_AUTHORISED;
        }
        if (NO_CAPACITY.contains(code)) {
            return CloudError.NO_CAPACITY;
        }
        if (isQuota(code)) {
            return CloudError.QUOTA_EXCEEDED;
        }
        if (DEPENDENCY.contains(code)) {
            return CloudError.DEPENDENCY_VIOLATION;
        }
        if (CONFLICT.contains(code)) {
            return CloudError.CONFLICT;
        }
        if (NOT_FOUND.contains(code) || code.endsWith(".NotFound") || code.endsWith("NotFoundException")) {
            return CloudError.NOT_FOUND;
        }
        if (isDuplicate(code)) {
            return CloudError.ALREADY_EXISTS;
        }
        if (UNAVAILABLE.contains(code) || refused.statusCode() >= 500) {
            return CloudError.UNAVAILABLE;
        }
        if (NOT_YET.matcher(message).find()) {
            return CloudError.NOT_YET_CONSISTENT;
        }
        if (refused.statusCode() == 403) {
            return CloudError.NOT_AUTHORISED;
        }
        return refused.statusCode() >= 400 ? CloudError.INVALID_REQUEST : CloudError.UNKNOWN;
    }

    private static boolean isQuota(String code) {
        String lower = code.toLowerCase(Locale.ROOT);
        return lower.contains("limitexceeded")
                || lower.contains("quotaexceeded")
                || lower.endsWith("countexceeded")
                || lower.equals("limitexceededexception")
                || lower.equals("toomanytags");
    }

    private static boolean isDuplicate(String code) {
        return code.equals("EntityAlreadyExists")
                || code.endsWith("AlreadyExists")
                || code.endsWith("AlreadyExistsException")
                || code.endsWith("AlreadyExistsFault")
                || code.endsWith(".Duplicate")
                || code.equals("AlreadyExistsException")
                || code.equals("RouteAlreadyExists")
                || code.equals("Resource.AlreadyAssociated");
    }

    private static String remedy(CloudError error, String operation) {
        return switch (error) {
            case NOT_AUTHORISED ->
                "Allow " + operation + " to the credentials in use, or use others; sts:GetCallerIdentity"
                        + " tells whose they are.";
            case QUOTA_EXCEEDED ->
                "Ask for more in the Service Quotas console, or free what is no longer used, then apply" + " again.";
            case NO_CAPACITY -> "Try again later, or give the pool further zones, instance types or a reservation.";
            case CONFLICT -> "Let the other operation on the same object finish, then apply again.";
            case DEPENDENCY_VIOLATION -> "Delete what still uses the object, then apply again.";
            case THROTTLED -> "Apply again later; fewer callers in the same account and region help.";
            case UNAVAILABLE -> "Check the network and the AWS Health Dashboard, then apply again.";
            case NOT_YET_CONSISTENT -> "Apply again in a minute.";
            case NOT_FOUND -> "Check that nobody deletes objects of this backend, then apply again.";
            case ALREADY_EXISTS -> "Choose another name for the backend, or delete the object of the same name.";
            case INVALID_REQUEST -> "Correct what the message names, then apply again.";
            case UNKNOWN -> "Look up the request id with AWS support.";
        };
    }
}
