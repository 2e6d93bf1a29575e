// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

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

/** Classifies the errors of Google Cloud by the canonical code, by the more specific reason, and often only by the message. */
public final class GcpErrorTable {
    /** Not a code of Google Cloud: there are no credentials, or they yield no token. */
    static final String NO_CREDENTIALS = "NO-CREDENTIALS";

    /** Appended to the code if the spec names an existing KMS key, which an apply does not grant access to. */
    static final String EXISTING_KEY = "@existing-key";

    /** Code of a plan of Backup for GKE that has failed, for which the service gives a reason and no code. */
    public static final String BACKUP_PLAN_FAILED = "BACKUP_PLAN_FAILED";

    /** Code of a key with a version that was destroyed. */
    public static final String KEY_VERSION_DESTROYED = "KEY_VERSION_DESTROYED";

    private static final String CODES = "https://cloud.google.com/apis/design/errors";
    private static final String REASONS = "https://cloud.google.com/resource-manager/docs/core_errors";
    private static final String BILLING = "https://docs.cloud.google.com/billing/docs/how-to/modify-project";
    private static final String ENABLE = "https://docs.cloud.google.com/service-usage/docs/access-control";
    private static final String COMPUTE = "https://docs.cloud.google.com/compute/docs/reference/rest/v1/errors";
    private static final String NO_MACHINES =
            "gce_stockout|zone_resource_pool_exhausted|does not have enough resources|resource pool exhausted|"
                    + "is currently unavailable in the .* zone";
    private static final String STOCK_OUT = "https://docs.cloud.google.com/compute/docs/resource-error";
    private static final String GKE_QUOTA =
            "https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters#code";
    private static final String QUOTAS = "https://docs.cloud.google.com/docs/quotas/troubleshoot";
    private static final String IAM = "https://docs.cloud.google.com/iam/docs/access-change-propagation";
    private static final String DENIED = "https://docs.cloud.google.com/iam/docs/permission-error-messages";
    private static final String ORG_POLICY =
            "https://docs.cloud.google.com/resource-manager/docs/organization-policy/org-policy-constraints";
    private static final String PERIMETER = "https://docs.cloud.google.com/vpc-service-controls/docs/troubleshooting";
    private static final String CREDENTIALS = "https://docs.cloud.google.com/docs/authentication/troubleshoot-adc";
    private static final String IMPERSONATE =
            "https://docs.cloud.google.com/docs/authentication/use-service-account-impersonation";
    private static final String KMS = "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets";
    private static final String DESTROYED = "https://docs.cloud.google.com/kms/docs/destroy-restore";
    private static final String BACKUPS =
            "https://docs.cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/troubleshoot/backup-error-codes";
    private static final String OPERATIONS =
            "https://docs.cloud.google.com/kubernetes-engine/docs/troubleshooting/known-issues";

    private static final String BUSY_REMEDY =
            "Wait for the other operation on the same object to finish, then apply again.";
    private static final String REFUSED = "PERMISSION_DENIED UNAUTHENTICATED PERMISSIONS_ERROR";

    private GcpErrorTable() {}

    /** The table, made on first use. */
    public static ErrorTable table() {
        return Holder.TABLE;
    }

    private static final class Holder {
        static final ErrorTable TABLE = new ErrorTable(Stream.of(
                        NoAnswer.rows(
                                "the name of the region", "settings.endpoints", "https://status.cloud.google.com"),
                        impersonation(),
                        credentials(),
                        services(),
                        limits(),
                        policies(),
                        keys(),
                        objects(),
                        busy(),
                        failed(),
                        general())
                .flatMap(List::stream)
                .toList());
    }

    private static List<ErrorRow> impersonation() {
        return List.of(
                codes(NO_CREDENTIALS)
                        .saying(
                                "iam service account credentials api has not been used|iamcredentials.*service_disabled")
                        .means(NOT_AUTHORIZED)
                        .remedy("Enable the service that settings.impersonate needs: gcloud services enable"
                                + " iamcredentials.googleapis.com.")
                        .source(IMPERSONATE),
                codes(NO_CREDENTIALS)
                        .saying("generateaccesstoken|iam\\.serviceaccounts\\.getaccesstoken")
                        .means(NOT_AUTHORIZED)
                        .remedy("Check the service account in settings.impersonate, and grant"
                                + " roles/iam.serviceAccountTokenCreator on it to the credentials of this machine.")
                        .source(IMPERSONATE));
    }

    private static List<ErrorRow> credentials() {
        return List.of(
                codes(NO_CREDENTIALS)
                        .saying("invalid_grant|invalid_rapt|reauth|expired|revoked")
                        .means(NOT_AUTHORIZED)
                        .remedy("Run `gcloud auth application-default login` again: the login has expired.")
                        .source(CREDENTIALS),
                codes(NO_CREDENTIALS)
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Run `gcloud auth application-default login`, set GOOGLE_APPLICATION_CREDENTIALS, or give this"
                                        + " machine or pod a service account.")
                        .source(CREDENTIALS),
                codes("ACCESS_TOKEN_SCOPE_INSUFFICIENT")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "The credentials lack the scope cloud-platform: give the machine that scope, or use other credentials.")
                        .source(CREDENTIALS),
                codes(
                                "UNAUTHENTICATED ACCESS_TOKEN_EXPIRED ACCESS_TOKEN_TYPE_UNSUPPORTED CREDENTIALS_MISSING authError")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Google does not accept the credentials: run `gcloud auth application-default login` again,"
                                        + " or check the key of the service account.")
                        .source(CREDENTIALS),
                codes("BILLING_DISABLED accountDisabled")
                        .means(NOT_AUTHORIZED)
                        .remedy("Link an active billing account to the project, then apply again.")
                        .source(REASONS),
                codes("USER_PROJECT_DENIED")
                        .means(NOT_AUTHORIZED)
                        .remedy("Grant roles/serviceusage.serviceUsageConsumer on the quota project to the credentials "
                                + "in use, or name another"
                                + " one in settings.quotaProject.")
                        .source(DENIED),
                codes("CONSUMER_INVALID CONSUMER_SUSPENDED")
                        .means(NOT_AUTHORIZED)
                        .remedy("Check the name of the project, and that it is neither suspended nor deleted.")
                        .source(CODES),
                codes("SERVICE_DISABLED accessNotConfigured " + REFUSED)
                        .saying("has not been used .* before|if you enabled this api recently")
                        .means(NOT_YET_CONSISTENT)
                        .minutes(10)
                        .remedy(
                                "Enable the service that the message names (gcloud services enable); it takes effect after a"
                                        + " few minutes.")
                        .source(CODES),
                codes("SERVICE_DISABLED accessNotConfigured")
                        .means(NOT_AUTHORIZED)
                        .remedy("Enable the service that the message names (gcloud services enable), then apply again.")
                        .source(CODES));
    }

    /** What Service Usage says when it does not enable a service. */
    private static List<ErrorRow> services() {
        return List.of(
                codes("UREQ_PROJECT_BILLING_NOT_FOUND UREQ_PROJECT_BILLING_NOT_OPEN FAILED_PRECONDITION")
                        .saying("billing must be enabled|billing account for project")
                        .means(NOT_AUTHORIZED)
                        .remedy("Link an active billing account to the project, then apply again.")
                        .source(BILLING),
                codes("AUTH_PERMISSION_DENIED")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Grant {operation} to the credentials in use, or use others; `gcloud auth list` shows the account in use.")
                        .source(ENABLE));
    }

    private static List<ErrorRow> limits() {
        return List.of(
                // GKE itself tries again every few minutes: what a pool says may be of before there were machines
                // again.
                codes("POOL_WITH_ERROR")
                        .saying(NO_MACHINES)
                        .means(NO_CAPACITY)
                        .minutes(10)
                        .remedy("Try again later, or give the pool more zones, another machine type or a reservation.")
                        .source(STOCK_OUT),
                codes("GCE_STOCKOUT ZONE_RESOURCE_POOL_EXHAUSTED* RESOURCE_POOL_EXHAUSTED*")
                        .means(NO_CAPACITY)
                        .remedy("Try again later, or give the pool more zones, another machine type or a reservation.")
                        .source(STOCK_OUT),
                codes("*")
                        .saying(NO_MACHINES)
                        .means(NO_CAPACITY)
                        .remedy("Try again later, or give the pool more zones, another machine type or a reservation.")
                        .source(STOCK_OUT),
                codes("*rateLimitExceeded RATE_LIMIT_EXCEEDED RESOURCE_OPERATION_RATE_EXCEEDED")
                        .means(THROTTLED)
                        .remedy("Apply again later, with fewer callers in the same project.")
                        .source(QUOTAS),
                codes("RESOURCE_EXHAUSTED HTTP-429 UNAVAILABLE")
                        .saying("concurrent operations quota|too many operations")
                        .means(CONFLICT)
                        .remedy("Wait for the operations of the cluster to finish, then apply again.")
                        .source(OPERATIONS),
                codes("*")
                        .saying("rate.?limit|per minute|per second|queries per|requests per|too many requests")
                        .means(THROTTLED)
                        .remedy("Apply again later, with fewer callers in the same project.")
                        .source(QUOTAS),
                codes("quotaExceeded QUOTA_EXCEEDED GCE_QUOTA_EXCEEDED limitExceeded")
                        .means(QUOTA_EXCEEDED)
                        .remedy(
                                "Request more on the Quotas page of the console, or delete what is no longer used, then apply again.")
                        .source(QUOTAS),
                codes("*")
                        .saying("quota.*exceeded|exceeded.*quota|insufficient.*quota|gce_quota_exceeded")
                        .means(QUOTA_EXCEEDED)
                        .remedy(
                                "Request more on the Quotas page of the console, or delete what is no longer used, then apply again.")
                        .source(GKE_QUOTA),
                codes("RESOURCE_EXHAUSTED HTTP-429")
                        .means(THROTTLED)
                        .remedy("Apply again later, with fewer callers in the same project.")
                        .source(CODES));
    }

    private static List<ErrorRow> policies() {
        return List.of(
                codes("*")
                        .saying("constraints/\\S+|organization policy|org(anization)? ?policy|customConstraints")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "A policy of the organization forbids it, whatever roles the caller has. Change the spec so"
                                        + " that it meets the constraint that the message names, or ask an administrator of the"
                                        + " organization for an exception.")
                        .source(ORG_POLICY),
                codes("SECURITY_POLICY_VIOLATED vpcServiceControls")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "A perimeter of VPC Service Controls forbids it, whatever roles the caller has. Call from"
                                        + " inside the perimeter, or ask for an ingress rule and give the unique id in the message.")
                        .source(PERIMETER),
                codes("*")
                        .saying(
                                "vpc service controls|prohibited by organization's policy|vpcServiceControlsUniqueIdentifier")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "A perimeter of VPC Service Controls forbids it, whatever roles the caller has. Call from"
                                        + " inside the perimeter, or ask for an ingress rule and give the unique id in the message.")
                        .source(PERIMETER),
                codes(REFUSED)
                        .saying("deny polic|denied by .*polic|principal access boundar")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "A deny policy or access boundary forbids {operation}, whatever roles the caller has. Ask an"
                                        + " administrator of the organization for an exception.")
                        .source(DENIED));
    }

    private static List<ErrorRow> keys() {
        String kms = "(grant|permission).*cloudkms|cloudkms.*(permission|denied)|permission denied on cloud kms key|"
                + "cryptoKeyEncrypterDecrypter";
        return List.of(
                codes("FAILED_PRECONDITION")
                        .saying("cloud_kms_key_error|cloud kms error when using key")
                        .means(INVALID_REQUEST)
                        .remedy("Enable the version of the key that the message names, and grant"
                                + " roles/cloudkms.cryptoKeyEncrypterDecrypter on the key to the service agents of GKE and"
                                + " Compute Engine: GKE then tries again by itself.")
                        .source(KMS),
                codes("*" + EXISTING_KEY)
                        .saying(kms)
                        .means(NOT_AUTHORIZED)
                        .remedy("Grant roles/cloudkms.cryptoKeyEncrypterDecrypter on the key that the spec names to "
                                + "the service agents of GKE"
                                + " (service-NUMBER@container-engine-robot.iam.gserviceaccount.com) and Compute Engine"
                                + " (service-NUMBER@compute-system.iam.gserviceaccount.com), then apply again.")
                        .source(KMS),
                codes("FAILED_PRECONDITION INVALID_ARGUMENT " + REFUSED)
                        .saying(kms)
                        .means(NOT_YET_CONSISTENT)
                        .minutes(10)
                        .remedy(
                                "Grants take effect everywhere after a few minutes. If the error persists, check the grants"
                                        + " on the key that the message names.")
                        .source(IAM));
    }

    private static List<ErrorRow> objects() {
        return List.of(
                codes("FAILED_PRECONDITION INVALID_ARGUMENT " + REFUSED)
                        .saying("service account .*(does not exist|not found)|identity .*does not exist")
                        .means(NOT_YET_CONSISTENT)
                        .minutes(10)
                        .remedy(
                                "A new service account is known everywhere after a few minutes. If the error persists, check"
                                        + " that the one in the message exists.")
                        .source(IAM),
                codes(REFUSED + " forbidden IAM_PERMISSION_DENIED")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Grant {operation} to the credentials in use, or use others; `gcloud auth list` shows the account in use.")
                        .source(DENIED),
                codes("NOT_FOUND RESOURCE_NOT_FOUND notFound INVALID_ARGUMENT invalid badRequest")
                        .saying("/regions/[^/']+' was not found|location \\S+ does not exist|unknown (region|location)")
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Correct the region in the spec: gcloud compute regions list shows those that the project has.")
                        .refuses("region")
                        .source(COMPUTE),
                codes("NOT_FOUND RESOURCE_NOT_FOUND")
                        .means(NOT_FOUND)
                        .remedy("Check that nothing else deletes objects of this backend, then apply again.")
                        .source(CODES),
                codes("ALREADY_EXISTS RESOURCE_ALREADY_EXISTS")
                        .means(ALREADY_EXISTS)
                        .remedy("Choose another name for the backend, or delete the object of the same name.")
                        .source(CODES),
                codes("ABORTED CONFLICT")
                        .saying("already exists")
                        .means(ALREADY_EXISTS)
                        .remedy("Choose another name for the backend, or delete the object of the same name.")
                        .source(COMPUTE));
    }

    private static List<ErrorRow> busy() {
        return List.of(
                codes("FAILED_PRECONDITION INVALID_ARGUMENT ABORTED CONFLICT")
                        .saying("incompatible operation|operation .*(in progress|running)|"
                                + "operation \\S+ is currently|(please )?wait and try again once|currently "
                                + "being|concurrent policy changes")
                        .means(CONFLICT)
                        .remedy(BUSY_REMEDY)
                        .source(OPERATIONS),
                codes("RESOURCE_NOT_READY resourceNotReady")
                        .means(CONFLICT)
                        .remedy(BUSY_REMEDY)
                        .source(COMPUTE),
                codes("FAILED_PRECONDITION INVALID_ARGUMENT")
                        .saying("not ready")
                        .means(CONFLICT)
                        .minutes(15)
                        .remedy(BUSY_REMEDY)
                        .source(COMPUTE),
                codes("RESOURCE_IN_USE* resourceInUse*")
                        .means(DEPENDENCY_VIOLATION)
                        .remedy("Delete what uses the object, which the message names, then apply again.")
                        .source(COMPUTE),
                codes("FAILED_PRECONDITION INVALID_ARGUMENT ABORTED CONFLICT")
                        .saying("in ?use|being used by|still (has|contains)|not empty")
                        .means(DEPENDENCY_VIOLATION)
                        .remedy("Delete what uses the object, which the message names, then apply again.")
                        .source(COMPUTE),
                codes("ABORTED CONFLICT")
                        .means(CONFLICT)
                        .minutes(15)
                        .remedy(BUSY_REMEDY)
                        .source(CODES));
    }

    /** What fails after its call was accepted, without a code of Google's. */
    private static List<ErrorRow> failed() {
        return List.of(
                codes(KEY_VERSION_DESTROYED)
                        .means(INVALID_REQUEST)
                        .remedy("A destroyed version of a key cannot be restored.")
                        .source(DESTROYED),
                codes(BACKUP_PLAN_FAILED)
                        .saying("cloudkms|cmek|kms key|encryption key")
                        .means(INVALID_REQUEST)
                        .remedy("Enable the key that the message names, and grant"
                                + " roles/cloudkms.cryptoKeyEncrypterDecrypter on it to the service agent of Backup for GKE"
                                + " (service-NUMBER@gcp-sa-gkebackup.iam.gserviceaccount.com), then apply again: the"
                                + " backup plan is created again.")
                        .source(BACKUPS),
                codes(BACKUP_PLAN_FAILED)
                        .saying("permission|service agent|iam binding")
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Grant roles/gkebackup.serviceAgent on the project to the service agent of Backup for GKE"
                                        + " (service-NUMBER@gcp-sa-gkebackup.iam.gserviceaccount.com), then apply again: the"
                                        + " backup plan is created again.")
                        .source(BACKUPS),
                codes(BACKUP_PLAN_FAILED)
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Correct what the message names, then apply again: the backup plan is created again. With"
                                        + " backup.enabled: false, the backend is created without one.")
                        .source(BACKUPS));
    }

    private static List<ErrorRow> general() {
        return List.of(
                codes("FAILED_PRECONDITION INVALID_ARGUMENT OUT_OF_RANGE UNIMPLEMENTED UNSUPPORTED_OPERATION "
                                + "CONDITION_NOT_MET HTTP-400"
                                + " HTTP-412")
                        .means(INVALID_REQUEST)
                        .remedy("Correct the request as the message says, then apply again.")
                        .source(CODES),
                codes(
                                "UNAVAILABLE DEADLINE_EXCEEDED INTERNAL INTERNAL_ERROR CANCELLED UNKNOWN DATA_LOSS backendError HTTP-5*")
                        .means(UNAVAILABLE)
                        .remedy(
                                "Google Cloud failed, not this request: see https://status.cloud.google.com, then apply again.")
                        .source(CODES),
                codes("*")
                        .means(UNKNOWN)
                        .remedy("Look up the operation in the Logs Explorer of the console.")
                        .source(CODES));
    }
}
