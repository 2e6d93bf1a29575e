// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import static io.osmo.backend.error.CloudError.ALREADY_EXISTS;
import static io.osmo.backend.error.CloudError.CONFLICT;
import static io.osmo.backend.error.CloudError.DEPENDENCY_VIOLATION;
import static io.osmo.backend.error.CloudError.INVALID_REQUEST;
import static io.osmo.backend.error.CloudError.NOT_AUTHORIZED;
import static io.osmo.backend.error.CloudError.NOT_FOUND;
import static io.osmo.backend.error.CloudError.NOT_YET_CONSISTENT;
import static io.osmo.backend.error.CloudError.NO_CAPACITY;
import static io.osmo.backend.error.CloudError.QUOTA_EXCEEDED;
import static io.osmo.backend.error.CloudError.THROTTLED;
import static io.osmo.backend.error.CloudError.UNAVAILABLE;
import static io.osmo.backend.error.CloudError.UNKNOWN;
import static io.osmo.backend.spi.provider.ErrorRow.codes;

import io.osmo.backend.spi.provider.ErrorRow;
import io.osmo.backend.spi.provider.ErrorTable;
import io.osmo.backend.spi.provider.NoAnswer;
import java.util.List;
import java.util.stream.Stream;

/** What the answers of Azure Resource Manager and of the services behind it mean. */
public final class AzureErrorTable {
    /** Not a code of Azure: no credential of the chain works. */
    static final String NO_CREDENTIALS = "NO-CREDENTIALS";

    private static final String LEARN = "https://learn.microsoft.com/";
    private static final String COMMON =
            LEARN + "azure/azure-resource-manager/troubleshooting/common-deployment-errors";
    private static final String AKS = LEARN + "troubleshoot/azure/azure-kubernetes/error-codes/aks-error-code-page";
    private static final String PENDING =
            LEARN + "troubleshoot/azure/azure-kubernetes/create-upgrade-delete/operationnotallowed";
    private static final String STOPPED = LEARN + "azure/aks/start-stop-cluster";
    private static final String POLICY =
            LEARN + "azure/azure-resource-manager/troubleshooting/error-policy-requestdisallowedbypolicy";
    private static final String DENY = LEARN + "azure/role-based-access-control/deny-assignments";
    private static final String ROLES = LEARN + "azure/role-based-access-control/troubleshooting";
    private static final String LOCKS = LEARN + "azure/azure-resource-manager/management/lock-resources";
    private static final String SUBSCRIPTION = LEARN + "azure/cost-management-billing/manage/subscription-states";
    private static final String REGISTRATION =
            LEARN + "azure/azure-resource-manager/troubleshooting/error-register-resource-provider";
    private static final String SKU = LEARN + "azure/azure-resource-manager/troubleshooting/error-sku-not-available";
    private static final String QUOTA = LEARN + "azure/azure-resource-manager/troubleshooting/error-resource-quota";
    private static final String ALLOCATION = LEARN + "troubleshoot/azure/virtual-machines/windows/allocation-failure";
    private static final String THROTTLING =
            LEARN + "azure/azure-resource-manager/management/request-limits-and-throttling";
    private static final String STORAGE = LEARN + "rest/api/storagerp/srp_error_codes_common";
    private static final String VAULT = LEARN + "rest/api/keyvault/general/authentication-requests-and-responses";
    private static final String IDENTITY = LEARN + "java/api/overview/azure/identity-readme";
    private static final String DRAINS = LEARN + "troubleshoot/azure/azure-kubernetes/error-code-poddrainfailure";
    private static final String BACKUP = LEARN + "azure/backup/backup-azure-delete-vault";
    private static final String NETWORK =
            LEARN + "troubleshoot/azure/virtual-network/virtual-network-troubleshoot-cannot-delete-vnet";

    private static final String BUSY_REMEDY =
            "Wait for the other operation on the same object to finish, then apply again.";
    private static final String PROSE = "OperationNotAllowed BadRequest Conflict";

    private AzureErrorTable() {}

    /** The table, made on first use. */
    public static ErrorTable table() {
        return Holder.TABLE;
    }

    private static final class Holder {
        static final ErrorTable TABLE = new ErrorTable(Stream.of(
                        NoAnswer.rows(
                                "the Azure cloud in settings.cloud",
                                "settings.endpoint or AZURE_AUTHORITY_HOST",
                                "https://azure.status.microsoft"),
                        credentials(),
                        policies(),
                        limits(),
                        taken(),
                        consistency(),
                        use(),
                        prose(),
                        general())
                .flatMap(List::stream)
                .toList());
    }

    private static List<ErrorRow> credentials() {
        return List.of(
                codes(NO_CREDENTIALS)
                        .saying("AADSTS7000222|client secret .*expired|invalid client secret|AADSTS7000215")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Set AZURE_CLIENT_SECRET to a valid secret of the application: the current one is wrong or"
                                        + " has expired.")
                        .source(AKS),
                codes(NO_CREDENTIALS)
                        .saying("AADSTS(50020|90002|700016|90072)|tenant .*not found")
                        .means(NOT_AUTHORIZED)
                        .remedy("Check tenant and application: settings.tenant and AZURE_TENANT_ID have to name the "
                                + "tenant of the credential.")
                        .source(IDENTITY),
                codes(NO_CREDENTIALS)
                        .saying("ManagedIdentityCredential authentication failed")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "The managed identity of this machine returned no token. Outside Azure, a proxy has answered"
                                        + " instead of the metadata service: exclude 169.254.169.254 from the proxy (http.nonProxyHosts,"
                                        + " NO_PROXY), or set AZURE_TOKEN_CREDENTIALS=dev to use az login.")
                        .source(IDENTITY),
                codes(NO_CREDENTIALS)
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Run az login, set AZURE_CLIENT_ID, AZURE_TENANT_ID and a secret or federated token, or give"
                                        + " this machine a managed identity.")
                        .source(IDENTITY),
                codes("ExpiredAuthenticationToken")
                        .means(NOT_AUTHORIZED)
                        .remedy("Run az login again, and check the clock of this machine.")
                        .source(COMMON),
                codes("InvalidAuthenticationTokenTenant")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "The subscription belongs to another tenant than the token: set settings.tenant to the one"
                                        + " that the message names.")
                        .source(COMMON),
                codes("AuthenticationFailed AuthenticationFailedMissingToken InvalidAuthenticationToken")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Azure does not accept the token: run az login, or check the AZURE_* variables and the cloud"
                                        + " in settings.cloud.")
                        .source(COMMON),
                codes("SubscriptionNotFound InvalidSubscriptionId SubscriptionStateForbidden")
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Check settings.subscription or AZURE_SUBSCRIPTION_ID, and that the credential belongs to its"
                                        + " tenant.")
                        .source(COMMON));
    }

    private static List<ErrorRow> policies() {
        return List.of(
                codes("RequestDisallowedByPolicy PolicyViolation RequestDisallowedByAzure")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Azure Policy forbids it, whatever roles the caller has. Change the spec so that it complies"
                                        + " with the policy that the message names (az policy assignment show), or ask its owner for an"
                                        + " exemption.")
                        .source(POLICY),
                codes("AuthorizationFailed DenyAssignmentAuthorizationFailed LinkedAuthorizationFailed")
                        .saying("deny assignment")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "A deny assignment forbids {operation}, whatever roles the caller has. Ask the owner of the"
                                        + " deny assignment, which the message names.")
                        .source(DENY),
                codes("DenyAssignmentAuthorizationFailed")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "A deny assignment forbids {operation}, whatever roles the caller has. Ask the owner of the"
                                        + " deny assignment.")
                        .source(DENY),
                codes("ScopeLocked ReadOnlyLock CannotDeleteLock")
                        .means(NOT_AUTHORIZED)
                        .remedy("Have the lock that the message names removed (az lock delete), then apply again.")
                        .source(LOCKS),
                codes("ReadOnlyDisabledSubscription SubscriptionDisabled DisallowedSubscription SubscriptionNotActive"
                                + " SubscriptionReadOnly")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "The subscription is disabled and can only be read: have it enabled (Subscriptions in the portal), or name"
                                        + " another one.")
                        .source(SUBSCRIPTION),
                codes("RegistrationFailed DisallowedOperation")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "The offer of the subscription does not allow it: ask its owner, or use another subscription.")
                        .source(COMMON));
    }

    private static List<ErrorRow> limits() {
        return List.of(
                codes("TooManyRequests *Throttled RateLimitExceeded HTTP-429")
                        .means(THROTTLED)
                        .remedy("Try again later. Azure limits the requests of a subscription, and AKS the changes of a"
                                + " cluster: about one per minute.")
                        .source(THROTTLING),
                codes("""
                                AllocationFailed ZonalAllocationFailed OverconstrainedAllocationRequest
                                OverconstrainedZonalAllocationRequest VMSSOverconstrainedAllocation
                                CapacityReservationGroupCapacityNotAvailable""")
                        .means(NO_CAPACITY)
                        .remedy(
                                "Try again later, or give the pool more zones, more VM sizes or a capacity reservation.")
                        .source(ALLOCATION),
                codes("AKSCapacityError AKSCapacityHeavyUsage")
                        .means(NO_CAPACITY)
                        .remedy("The region has no room for new clusters: try again later, or choose another region.")
                        .source(AKS),
                codes("SkuNotAvailable")
                        .means(NO_CAPACITY)
                        .remedy(
                                "Choose another VM size, zone or region: az vm list-skus shows where it is available to the subscription.")
                        .source(SKU),
                codes("*Quota* *LimitReached *LimitExceeded")
                        .means(QUOTA_EXCEEDED)
                        .remedy("Ask for more quota in the Azure portal (Quotas), or free what is no longer used.")
                        .source(QUOTA));
    }

    private static List<ErrorRow> taken() {
        return List.of(
                codes("StorageAccountAlreadyTaken StorageAccountInAnotherResourceGroup AccountNameTaken")
                        .means(ALREADY_EXISTS)
                        .remedy(
                                "Names of storage accounts are unique in all of Azure, and this one is taken: choose another name for the"
                                        + " backend.")
                        .source(STORAGE),
                codes("VaultAlreadyExists")
                        .means(ALREADY_EXISTS)
                        .remedy(
                                "Names of vaults are unique in all of Azure, deleted vaults included: purge the deleted one"
                                        + " (az keyvault purge), or choose another name for the backend.")
                        .source(COMMON),
                codes("*AlreadyExists RoleAssignmentExists")
                        .means(ALREADY_EXISTS)
                        .remedy("Choose another name for the backend, or delete the object of the same name.")
                        .source(COMMON));
    }

    private static List<ErrorRow> consistency() {
        return List.of(
                codes(
                                "NoRegisteredProviderFound LocationNotAvailableForResourceType LocationNotAvailableForResourceGroup")
                        .saying("for location|provided location")
                        .means(INVALID_REQUEST)
                        .remedy("Correct the region in the spec: the message lists those that have the service.")
                        .refuses("region")
                        .source(COMMON),
                codes("PrincipalNotFound IdentityNotFound")
                        .means(NOT_YET_CONSISTENT)
                        .minutes(15)
                        .remedy(
                                "A new identity is known everywhere after a few minutes. If the error persists, check that"
                                        + " the one in the message exists in the tenant.")
                        .source(ROLES),
                codes("MissingSubscriptionRegistration SubscriptionNotRegistered")
                        .means(NOT_YET_CONSISTENT)
                        .minutes(30)
                        .remedy(
                                "Register the resource provider that the message names (az provider register); this takes a"
                                        + " few minutes.")
                        .source(REGISTRATION),
                codes("ReferencedResourceNotProvisioned ParentResourceNotProvisioned StorageAccountIsNotProvisioned"
                                + " StorageAccountBeingCreated")
                        .means(NOT_YET_CONSISTENT)
                        .remedy("Apply again in a few minutes: something that it needs is still being created.")
                        .source(COMMON),
                codes("SubscriptionNotRegisteredForFeature FeatureNotFound")
                        .means(INVALID_REQUEST)
                        .remedy("Register the feature that the message names (az feature register), then apply again.")
                        .source(COMMON));
    }

    private static List<ErrorRow> use() {
        return List.of(
                codes("InUse* *InUse PublicIPAddressCannotBeDeleted CannotDeleteResource")
                        .means(DEPENDENCY_VIOLATION)
                        .remedy("Delete what uses the object, which the message names, then apply again.")
                        .source(NETWORK),
                codes("UserErrorBackupVaultNotEmpty BMSUserErrorVaultNotEmpty")
                        .means(DEPENDENCY_VIOLATION)
                        .remedy(
                                "Stop the protection of the items that the vault still holds, wait until their soft deletion"
                                        + " ends, then apply again.")
                        .source(BACKUP),
                codes("UpgradeFailed PodDrainFailure")
                        .saying("drain|evict|disruption ?budget")
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Remove the pods that the message names, which a disruption budget or a finalizer keeps, then"
                                        + " apply again.")
                        .source(DRAINS),
                codes("HTTP-412")
                        .means(CONFLICT)
                        .remedy("Something else is changing the same object: wait for it to finish, then apply again.")
                        .source(COMMON));
    }

    /** AKS uses the same codes for concurrent operations, quotas, stopped clusters and old versions; only the message differs. */
    private static List<ErrorRow> prose() {
        return List.of(
                codes(PROSE)
                        .saying("quota|exceeding approved|insufficient .*(cores|vcpu)")
                        .means(QUOTA_EXCEEDED)
                        .remedy("Ask for more quota in the Azure portal (Quotas), or free what is no longer used.")
                        .source(QUOTA),
                codes(PROSE)
                        .saying("provisioning state\\((?!succeeded|failed|canceled)\\w+\\)")
                        .means(CONFLICT)
                        .remedy(BUSY_REMEDY)
                        .source(PENDING),
                codes(PROSE + " ClusterStopped")
                        .saying(
                                "power ?state\\(?'?\\s*stopped|is (already )?stopped|stopped state|not currently running|start it before")
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Start the cluster (az aks start), then apply again: a stopped cluster cannot be changed.")
                        .source(STOPPED),
                codes(PROSE)
                        .saying(
                                "in progress|another operation|being (created|updated|deleted)|not in a valid state|please try again")
                        .means(CONFLICT)
                        .remedy(
                                "Wait for the other operation to finish (az aks operation show-latest), or abort it (az aks"
                                        + " operation-abort), then apply again.")
                        .source(PENDING),
                codes("BadRequest")
                        .means(INVALID_REQUEST)
                        .remedy("Correct what the message names, then apply again.")
                        .source(COMMON),
                codes("""
                                AnotherOperationInProgress EtcdConflict ResourceGroupBeingDeleted RetryableError*
                                CanceledAndSupersededDueToAnotherOperation PutManagedClusterConflict AKSOperationPreempted*
                                OperationPreempted""").means(CONFLICT).remedy(BUSY_REMEDY).source(AKS),
                codes("OperationNotAllowed Conflict")
                        .means(CONFLICT)
                        .minutes(10)
                        .remedy(BUSY_REMEDY)
                        .source(PENDING));
    }

    private static List<ErrorRow> general() {
        return List.of(
                codes("ResourceNotFound ResourceGroupNotFound NotFound HTTP-404")
                        .means(NOT_FOUND)
                        .remedy("Check that nothing else deletes objects of this backend, then apply again.")
                        .source(COMMON),
                codes("Forbidden KeyVaultAccessForbidden AzureKeyVaultKmsValidateIdentityPermissionCustomerError"
                                + " UserErrorMissingRequiredPermissions")
                        .saying("key ?vault|vault|crypto service")
                        .means(NOT_AUTHORIZED)
                        .remedy("Give the identity that the message names the role Key Vault Crypto Service Encryption "
                                + "User on the key or its"
                                + " vault; a vault with access policies needs get, wrapKey and unwrapKey instead.")
                        .source(VAULT),
                codes("CustomPrivateDNSZoneMissingPermissionError")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Give the identity of the cluster the roles Private DNS Zone Contributor on the zone and "
                                        + "Network Contributor on the network.")
                        .source(AKS),
                codes("LinkedAuthorizationFailed")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Give the credential a role with the action that the message names, on the scope that it"
                                        + " names: an object that this one refers to.")
                        .source(COMMON),
                codes("HTTP-401")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Azure does not accept the token: run az login, or check the AZURE_* variables and the cloud"
                                        + " in settings.cloud.")
                        .source(COMMON),
                codes("AuthorizationFailed Forbidden HTTP-403")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Give the credential a role with the action {operation}; az account show shows the identity in use.")
                        .source(ROLES),
                codes("HTTP-409")
                        .means(CONFLICT)
                        .minutes(10)
                        .remedy(BUSY_REMEDY)
                        .source(COMMON),
                codes("InternalServerError ServiceUnavailable GatewayTimeout HTTP-5* HTTP-408")
                        .means(UNAVAILABLE)
                        .remedy("Azure failed, not this request: see https://azure.status.microsoft, then apply again.")
                        .source(COMMON),
                codes("HTTP-4*")
                        .means(INVALID_REQUEST)
                        .remedy("Correct what the message names, then apply again.")
                        .source(COMMON),
                codes("*")
                        .means(UNKNOWN)
                        .remedy("Ask Azure support about the request id.")
                        .source(COMMON));
    }
}
