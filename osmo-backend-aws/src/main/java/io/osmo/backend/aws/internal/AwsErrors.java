// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns what the SDK throws into the errors that all clouds share. Codes: the services' API references. */
final class AwsErrors {
    private static final Map<String, CloudError> KNOWN = known();

    /** IAM and KMS are eventually consistent; other services tell that only in the message. */
    private static final Pattern NOT_YET = Pattern.compile(
            "cannot be assumed|could not be assumed|unable to assume|not authorized to assume|"
                    + "role .*(does not exist|is not valid|is invalid|not found)|invalid principal in policy|"
                    + "policy contains a statement with one or more invalid principals|trust relationship|"
                    + "cannot be found in the region yet|is not yet (available|propagated)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private AwsErrors() {}

    private static Map<String, CloudError> known() {
        Map<String, CloudError> known = new HashMap<>();
        put(known, CloudError.NOT_AUTHORISED, """
                AccessDenied AccessDeniedException UnauthorizedOperation UnauthorizedException AuthFailure
                AuthorizationError ExpiredToken ExpiredTokenException InvalidClientTokenId
                UnrecognizedClientException SignatureDoesNotMatch InvalidSignatureException
                MissingAuthenticationToken MissingAuthenticationTokenException IncompleteSignature OptInRequired
                NotAuthorized
                """);
        put(known, CloudError.NO_CAPACITY, """
                InsufficientInstanceCapacity InsufficientHostCapacity InsufficientReservedInstanceCapacity
                InsufficientCapacity InsufficientCapacityOnHost InsufficientFreeAddressesInSubnet
                InsufficientAddressCapacity ReservationCapacityExceeded SpotMaxPriceTooLow
                UnsupportedAvailabilityZoneException UnfulfillableCapacity
                """);
        put(known, CloudError.CONFLICT, """
                ResourceInUseException ConflictException Conflict ConcurrentModification
                ConcurrentModificationException ScalingActivityInProgress ScalingActivityInProgressFault
                ResourceContention ResourceContentionFault OperationNotPermittedException OperationAbortedException
                KMSInvalidStateException IncorrectState IncorrectInstanceState InvalidState
                """);
        put(known, CloudError.DEPENDENCY_VIOLATION, """
                DependencyViolation DeleteConflict ResourceInUse InvalidIPAddress.InUse
                InvalidNetworkInterface.InUse InvalidGroup.InUse VolumeInUse Gateway.NotAttached.InUse
                """);
        put(known, CloudError.THROTTLED, """
                Throttling ThrottlingException ThrottledException RequestLimitExceeded TooManyRequestsException
                RequestThrottled RequestThrottledException SlowDown PriorRequestNotComplete BandwidthLimitExceeded
                EC2ThrottledException
                """);
        put(known, CloudError.UNAVAILABLE, """
                InternalError InternalFailure InternalServerError InternalException KMSInternalException
                ServerException ServiceFailure ServiceFailureException ServiceUnavailable
                ServiceUnavailableException Unavailable DependencyTimeoutException RequestTimeout
                RequestTimeoutException
                """);
        put(known, CloudError.NOT_FOUND, """
                NoSuchEntity ResourceNotFound AccessPointNotFound NatGatewayNotFound LoadBalancerNotFound
                TargetGroupNotFound
                """);
        return known;
    }

    private static void put(Map<String, CloudError> known, CloudError error, String codes) {
        for (String code : codes.trim().split("\\s+")) {
            known.put(code, error);
        }
    }

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
        if (refused.isThrottlingException()) {
            return CloudError.THROTTLED;
        }
        CloudError known = KNOWN.get(code);
        if (known != null) {
            return known;
        }
        if (isQuota(code.toLowerCase(Locale.ROOT))) {
            return CloudError.QUOTA_EXCEEDED;
        }
        if (code.endsWith(".NotFound") || code.endsWith("NotFoundException")) {
            return CloudError.NOT_FOUND;
        }
        if (isDuplicate(code)) {
            return CloudError.ALREADY_EXISTS;
        }
        if (refused.statusCode() >= 500) {
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
        return code.contains("limitexceeded")
                || code.contains("quotaexceeded")
                || code.endsWith("countexceeded")
                || code.equals("toomanytags");
    }

    private static boolean isDuplicate(String code) {
        return code.endsWith("AlreadyExists")
                || code.endsWith("AlreadyExistsException")
                || code.endsWith("AlreadyExistsFault")
                || code.endsWith(".Duplicate")
                || code.equals("Resource.AlreadyAssociated");
    }

    private static String remedy(CloudError error, String operation) {
        return switch (error) {
            case NOT_AUTHORISED ->
                "Allow " + operation + " to the credentials in use, or use others; sts:GetCallerIdentity"
                        + " says whose they are.";
            case QUOTA_EXCEEDED ->
                "Ask for more in the Service Quotas console, or free what is no longer used, then apply again.";
            case NO_CAPACITY -> "Try again later, or give the pool further zones, instance types or a reservation.";
            case CONFLICT -> "Let the other operation on the same object finish, then apply again.";
            case DEPENDENCY_VIOLATION -> "Delete what still uses the object, then apply again.";
            case THROTTLED -> "Apply again later; fewer callers in the same account and region help.";
            case UNAVAILABLE -> "Check the network and the AWS Health Dashboard, then apply again.";
            case NOT_YET_CONSISTENT -> "Apply again in a minute.";
            case NOT_FOUND -> "Find out what else deletes objects of this backend, then apply again.";
            case ALREADY_EXISTS -> "Choose another name for the backend, or delete the object of the same name.";
            case INVALID_REQUEST -> "Correct what the message names, then apply again.";
            case UNKNOWN -> "Look up the request id with AWS support.";
        };
    }
}
