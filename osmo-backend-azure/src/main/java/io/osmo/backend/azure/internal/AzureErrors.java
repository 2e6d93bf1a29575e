// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns what Azure answers into the errors that all clouds share. Codes: Azure Resource Manager's common errors
 * (learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors) and AKS's error codes.
 */
final class AzureErrors {
    private static final Set<String> NO_CAPACITY = Set.of(
            "AllocationFailed",
            "ZonalAllocationFailed",
            "OverconstrainedAllocationRequest",
            "OverconstrainedZonalAllocationRequest",
            "SkuNotAvailable",
            "CapacityReservationGroupCapacityNotAvailable",
            "AKSCapacityError",
            "AKSCapacityHeavyUsage",
            "VMSSOverconstrainedAllocation");
    private static final Set<String> NOT_YET = Set.of(
            "PrincipalNotFound",
            "MissingSubscriptionRegistration",
            "SubscriptionNotRegistered",
            "IdentityNotFound",
            "ReferencedResourceNotProvisioned",
            "ParentResourceNotProvisioned");
    private static final Set<String> DEPENDENCY = Set.of(
            "InUseSubnetCannotBeDeleted",
            "InUseNatGatewayCannotBeDeleted",
            "PublicIPAddressCannotBeDeleted",
            "InUsePublicIpAddressCannotBeDeleted",
            "InUseVirtualNetworkCannotBeDeleted",
            "DiskEncryptionSetInUse",
            "CannotDeleteResource",
            "UserErrorBackupVaultNotEmpty",
            "BMSUserErrorVaultNotEmpty",
            "ResourceGroupHoldsForeignResources");
    private static final Set<String> CONFLICT = Set.of(
            "AnotherOperationInProgress",
            "OperationNotAllowed",
            "EtcdConflict",
            "ResourceGroupBeingDeleted",
            "CanceledAndSupersededDueToAnotherOperation",
            "RetryableError",
            "PutManagedClusterConflict",
            "Conflict");

    private static final String LOCKED = "ScopeLocked";

    /** AKS answers a second operation, a quota and an old version with the same code; the prose tells them apart. */
    private static final Pattern QUOTA =
            Pattern.compile("quota|exceeding approved|insufficient .*(cores|vcpu)", Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_PROGRESS = Pattern.compile(
            "in progress|another operation|being (created|updated|deleted)|not in a valid state|please try again",
            Pattern.CASE_INSENSITIVE);

    private AzureErrors() {}

    /** Whether a code says that the subscription has not switched a resource provider on. */
    static boolean isUnregistered(String code) {
        return code.equals("MissingSubscriptionRegistration") || code.equals("SubscriptionNotRegistered");
    }

    static CloudException refused(String operation, int status, Map<String, String> headers, String body) {
        JsonNode json;
        try {
            json = Json.parse(body);
        } catch (CloudException notJson) {
            json = Json.object();
        }
        JsonNode error = json.has("error") && json.get("error").isObject() ? json.get("error") : json;
        JsonNode inner = innermost(error);
        String code = inner.path("code").asText("");
        if (code.isEmpty()) {
            code = "HTTP " + status;
        }
        String message = inner.path("message").asText("");
        CloudError kind = classify(status, error.path("code").asText(code), message);
        if (kind == CloudError.INVALID_REQUEST || kind == CloudError.CONFLICT) {
            CloudError finer = classify(status, code, message);
            kind = finer == CloudError.INVALID_REQUEST ? kind : finer;
        }
        CloudException refusal = CloudException.of(kind, operation)
                .code(code)
                .message(message.isEmpty() ? "HTTP status " + status : message)
                .remedy(
                        code.equals(LOCKED)
                                ? "Have the lock that the message names removed (az lock delete), then apply again."
                                : remedy(kind, operation))
                .requestId(headers.get("x-ms-correlation-request-id"))
                .build();
        return Answer.retryAfter(headers).map(refusal::after).orElse(refusal);
    }

    /** ARM wraps the error of a service in its own; the innermost one says what is wrong. */
    static JsonNode innermost(JsonNode error) {
        JsonNode current = error;
        while (current.path("details").isArray()
                && current.path("details").size() > 0
                && current.path("details").get(0).has("code")) {
            current = current.path("details").get(0);
        }
        return current;
    }

    static CloudException noAnswer(String operation, RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return CloudException.of(CloudError.UNAVAILABLE, operation)
                .code(cause.getClass().getSimpleName())
                .message(String.valueOf(cause.getMessage()))
                .remedy(remedy(CloudError.UNAVAILABLE, operation))
                .cause(failure)
                .build();
    }

    static CloudException noCredential(String operation, RuntimeException failure) {
        return CloudException.of(CloudError.NOT_AUTHORISED, operation)
                .code(failure.getClass().getSimpleName())
                .message("no credential works: " + failure.getMessage())
                .remedy("Run az login, or set AZURE_CLIENT_ID, AZURE_TENANT_ID and a secret or federated token.")
                .cause(failure)
                .build();
    }

    static CloudError classify(int status, String code, String message) {
        if (status == 429 || code.equals("TooManyRequests") || code.equals("SubscriptionRequestsThrottled")) {
            return CloudError.THROTTLED;
        }
        if (NO_CAPACITY.contains(code)) {
            return CloudError.NO_CAPACITY;
        }
        if (code.contains("Quota") || code.endsWith("LimitReached") || code.endsWith("LimitExceeded")) {
            return CloudError.QUOTA_EXCEEDED;
        }
        if (NOT_YET.contains(code)) {
            return CloudError.NOT_YET_CONSISTENT;
        }
        if (DEPENDENCY.contains(code) || code.startsWith("InUse") || code.endsWith("InUse")) {
            return CloudError.DEPENDENCY_VIOLATION;
        }
        if (status == 412) {
            return CloudError.CONFLICT;
        }
        if (code.equals("OperationNotAllowed") || code.equals("BadRequest") || code.equals("Conflict")) {
            if (QUOTA.matcher(message).find()) {
                return CloudError.QUOTA_EXCEEDED;
            }
            if (code.equals("Conflict") || IN_PROGRESS.matcher(message).find()) {
                return CloudError.CONFLICT;
            }
            return status == 409 ? CloudError.CONFLICT : CloudError.INVALID_REQUEST;
        }
        // A lock forbids it to everybody until somebody takes the lock away: waiting does not help.
        if (code.equals(LOCKED)) {
            return CloudError.NOT_AUTHORISED;
        }
        if (CONFLICT.contains(code)) {
            return CloudError.CONFLICT;
        }
        if (status == 404 || code.equals("ResourceNotFound") || code.equals("ResourceGroupNotFound")) {
            return CloudError.NOT_FOUND;
        }
        if (code.endsWith("AlreadyExists")
                || code.equals("RoleAssignmentExists")
                || code.equals("VaultAlreadyExists")) {
            return CloudError.ALREADY_EXISTS;
        }
        if (status == 401 || status == 403) {
            return CloudError.NOT_AUTHORISED;
        }
        if (status == 409) {
            return CloudError.CONFLICT;
        }
        if (status >= 500 || status == 408) {
            return CloudError.UNAVAILABLE;
        }
        return status >= 400 ? CloudError.INVALID_REQUEST : CloudError.UNKNOWN;
    }

    private static String remedy(CloudError error, String operation) {
        return switch (error) {
            case NOT_AUTHORISED ->
                "Give the credential a role with the action " + operation + "; az account show tells whose it is.";
            case QUOTA_EXCEEDED -> "Ask for more quota in the Azure portal (Quotas), or free what is no longer used.";
            case NO_CAPACITY -> "Try again later, or give the pool further zones, VM sizes or a capacity reservation.";
            case CONFLICT -> "Let the other operation on the same object finish, then apply again.";
            case DEPENDENCY_VIOLATION -> "Delete what still uses the object, then apply again.";
            case THROTTLED -> "Apply again later; AKS lets a cluster be changed about once a minute.";
            case UNAVAILABLE -> "Check the network and Azure's status page, then apply again.";
            case NOT_YET_CONSISTENT -> "Apply again in a few minutes: roles and registrations take that long.";
            case NOT_FOUND -> "Check that nobody deletes objects of this backend, then apply again.";
            case ALREADY_EXISTS -> "Choose another name for the backend, or delete the object of the same name.";
            case INVALID_REQUEST -> "Correct what the message names, then apply again.";
            case UNKNOWN -> "Ask Azure support about the request id.";
        };
    }
}
