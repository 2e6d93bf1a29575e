// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

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

/** Classifies the errors of AWS. The codes of each service are from its model in the SDK and from the pages that are linked. */
public final class AwsErrorTable {
    /** Not a code of AWS: the credentials chain found nothing, or what it found is unusable. */
    static final String NO_CREDENTIALS = "NO-CREDENTIALS";

    /** No host of the name of a region that the SDK does not know either. */
    static final String UNKNOWN_REGION = "UNKNOWN-REGION";

    /** Appended to the service's code in regions that an account has to enable before it can use them. */
    static final String OPT_IN = "@opt-in-region";

    /** Put before the code of an EKS update, and of an issue of what EKS could not create. */
    static final String UPDATE = "update:";

    /** Put before a kind of objects and the state of one that waiting has found; there is no other code for it. */
    public static final String STATE = "state:";

    private static final String EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";
    private static final String COMMON = "https://docs.aws.amazon.com/eks/latest/APIReference/CommonErrors.html";
    private static final String EKS = "https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html";
    private static final String EKS_ISSUES = "https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html";
    private static final String UPDATES = "https://docs.aws.amazon.com/eks/latest/APIReference/API_ErrorDetail.html";
    private static final String IAM = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html";
    private static final String CONSISTENCY =
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency";
    private static final String KMS = "https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html";
    private static final String KEY_STATES = "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html";
    private static final String SCALING =
            "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Operations.html";
    private static final String ELB =
            "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html";
    private static final String BACKUP = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Operations.html";
    private static final String REGIONS = "https://docs.aws.amazon.com/general/latest/gr/rande.html";
    private static final String SDK = "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html";
    private static final String QUOTAS = "https://docs.aws.amazon.com/servicequotas/latest/userguide/intro.html";

    private static final String CAPACITY_REMEDY =
            "Try again later, or give the pool more zones, more instance types or a reservation.";

    private static final String VCPU_REMEDY =
            "Ask for more vCPUs of this instance family in the Service Quotas console (EC2), or choose smaller pools.";

    private static final String IN_USE_REMEDY =
            "Delete what uses the object, which the message names, then apply again.";

    private AwsErrorTable() {}

    /** The table, made on first use. */
    public static ErrorTable table() {
        return Holder.TABLE;
    }

    private static final class Holder {
        static final ErrorTable TABLE = new ErrorTable(Stream.of(
                        NoAnswer.rows(
                                "the name of the region",
                                "settings.endpointOverride or AWS_ENDPOINT_URL",
                                "the AWS Health Dashboard"),
                        AwsRefusals.rows(),
                        limits(),
                        busy(),
                        keys(),
                        inUse(),
                        objects(),
                        updates(),
                        states(),
                        general())
                .flatMap(List::stream)
                .toList());
    }

    private static List<ErrorRow> limits() {
        return List.of(
                codes(UNKNOWN_REGION)
                        .means(INVALID_REQUEST)
                        .remedy("Correct the region in the spec.")
                        .refuses("region")
                        .source(REGIONS),
                codes("""
                                Throttling ThrottlingException ThrottledException RequestLimitExceeded TooManyRequestsException
                                RequestThrottled RequestThrottledException SlowDown PriorRequestNotComplete BandwidthLimitExceeded
                                EC2ThrottledException ProvisionedThroughputExceededException TransactionInProgressException
                                AutoScalingGroupRateLimitExceeded IamThrottling HTTP-429""")
                        .means(THROTTLED)
                        .remedy("Apply again later, with fewer callers in the same account and region.")
                        .source(SDK),
                codes("""
                                InsufficientInstanceCapacity InsufficientHostCapacity InsufficientReservedInstanceCapacity
                                InsufficientCapacity InsufficientCapacityOnHost ReservationCapacityExceeded SpotMaxPriceTooLow
                                UnfulfillableCapacity""").means(NO_CAPACITY).remedy(CAPACITY_REMEDY).source(EC2),
                codes("InsufficientFreeAddressesInSubnet InsufficientAddressCapacity")
                        .means(NO_CAPACITY)
                        .remedy("Give the network larger subnets: the message names the one without free addresses.")
                        .source(EC2),
                codes("UnsupportedAvailabilityZoneException")
                        .means(NO_CAPACITY)
                        .remedy("EKS does not place control planes in that zone: name other zones in network.zones.")
                        .source(EKS),
                codes("VcpuLimitExceeded InstanceLimitExceeded MaxSpotInstanceCountExceeded")
                        .means(QUOTA_EXCEEDED)
                        .remedy(VCPU_REMEDY)
                        .source(EC2),
                codes("VolumeLimitExceeded")
                        .means(QUOTA_EXCEEDED)
                        .remedy(
                                "Ask for more storage of gp3 volumes in the Service Quotas console (EBS), or choose smaller disks.")
                        .source(EC2),
                codes("*LimitExceeded* *QuotaExceeded* *CountExceeded *TooMany* *LimitReached")
                        .means(QUOTA_EXCEEDED)
                        .remedy(
                                "Ask for more in the Service Quotas console, or free what is no longer used, then apply again.")
                        .source(QUOTAS));
    }

    private static List<ErrorRow> busy() {
        return List.of(
                codes("ResourceInUseException")
                        .saying("already exists")
                        .means(ALREADY_EXISTS)
                        .remedy("Choose another name for the backend, or delete the object of the same name.")
                        .source(EKS),
                codes("ResourceInUseException")
                        .saying("attached|in use by")
                        .means(DEPENDENCY_VIOLATION)
                        .remedy(IN_USE_REMEDY)
                        .source(EKS),
                codes("ResourceInUseException")
                        .means(CONFLICT)
                        .remedy("Wait for the other operation on the same cluster to finish, then apply again.")
                        .source(EKS),
                codes("InvalidRequestException InvalidStateException InvalidParameterException")
                        .saying("in progress|currently (being|updating|creating|deleting)|not in active (state|status)")
                        .means(CONFLICT)
                        .remedy("Wait for the other operation on the same cluster to finish, then apply again.")
                        .source(EKS),
                codes("ConflictException Conflict ConcurrentModification ConcurrentModificationException "
                                + "OperationAbortedException"
                                + " EntityTemporarilyUnmodifiable IdempotentCallInProgress")
                        .means(CONFLICT)
                        .minutes(15)
                        .remedy("Wait for the other operation on the same object to finish, then apply again.")
                        .source(IAM),
                codes("""
                                ScalingActivityInProgress ScalingActivityInProgressFault ResourceContention ResourceContentionFault
                                InstanceRefreshInProgress""")
                        .means(CONFLICT)
                        .remedy("Wait for the current activity of the Auto Scaling group to finish, then apply again.")
                        .source(SCALING));
    }

    private static List<ErrorRow> keys() {
        return List.of(
                codes("KMSInvalidStateException DisabledException KmsKeyMarkedForDeletion KmsKeyDisabled")
                        .saying("pending ?deletion|disabled|pending ?import")
                        .means(INVALID_REQUEST)
                        .remedy("Cancel the deletion of the KMS key and enable it (aws kms cancel-key-deletion, "
                                + "enable-key), or name another"
                                + " key.")
                        .source(KEY_STATES),
                codes("DisabledException")
                        .means(INVALID_REQUEST)
                        .remedy("Enable the KMS key (aws kms enable-key), or name another key.")
                        .source(KMS),
                codes("KMSInvalidStateException")
                        .means(CONFLICT)
                        .minutes(5)
                        .remedy(
                                "Look at the state of the KMS key (aws kms describe-key): only an enabled key can be used.")
                        .source(KEY_STATES));
    }

    private static List<ErrorRow> inUse() {
        return List.of(
                codes("IncorrectState IncorrectInstanceState InvalidState OperationNotPermittedException")
                        .means(CONFLICT)
                        .minutes(15)
                        .remedy("Wait for the other operation on the same object to finish, then apply again.")
                        .source(EC2),
                codes("""
                                DependencyViolation InvalidIPAddress.InUse InvalidNetworkInterface.InUse InvalidGroup.InUse VolumeInUse
                                Gateway.NotAttached.InUse""").means(DEPENDENCY_VIOLATION).remedy(IN_USE_REMEDY).source(EC2),
                codes("DeleteConflict")
                        .means(DEPENDENCY_VIOLATION)
                        .remedy("Detach what the message names from the role, then apply again.")
                        .source(IAM),
                codes("ResourceInUse")
                        .means(DEPENDENCY_VIOLATION)
                        .remedy(
                                "Delete the listener or target that uses it, or the instances of the group, then apply again.")
                        .source(ELB),
                codes("OperationNotPermitted")
                        .saying("deletion protection|protected")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Turn off the protection that the message names, if the object may be deleted, then apply again.")
                        .source(ELB));
    }

    private static List<ErrorRow> objects() {
        return List.of(
                codes("ResourcePropagationDelayException ServiceLinkedRoleFailure")
                        .means(NOT_YET_CONSISTENT)
                        .minutes(10)
                        .remedy("Apply again in a minute.")
                        .source(EKS),
                codes("InvalidResourceStateException")
                        .means(CONFLICT)
                        .minutes(15)
                        .remedy("Wait until the backup job or lock that the message names has ended, then apply again.")
                        .source(BACKUP),
                codes("NoSuchEntity *NotFound *NotFoundException NoSuchResourceException ParameterVersionNotFound")
                        .means(NOT_FOUND)
                        .remedy("Find out what else deletes objects of this backend, then apply again.")
                        .source(EC2),
                codes(
                                "*AlreadyExists *AlreadyExistsException *AlreadyExistsFault *.Duplicate Resource.AlreadyAssociated"
                                        + " DuplicateLoadBalancerName DuplicateTargetGroupName NameConflict")
                        .means(ALREADY_EXISTS)
                        .remedy("Choose another name for the backend, or delete the object of the same name.")
                        .source(EC2));
    }

    /** What EKS has accepted and then failed to do: the same update, or creation, would fail again. */
    private static List<ErrorRow> updates() {
        return List.of(
                codes("update:AccessDenied update:OperationNotPermitted")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Give the role of the cluster or add-on the permission that the message names, then apply again.")
                        .source(UPDATES),
                codes("update:EniLimitReached")
                        .means(QUOTA_EXCEEDED)
                        .remedy(
                                "Ask for more network interfaces per region in the Service Quotas console (VPC), then apply again.")
                        .source(UPDATES),
                codes("update:AsgInstanceLaunchFailures")
                        .saying("VcpuLimitExceeded|MaxSpotInstanceCountExceeded|vCPU limit")
                        .means(QUOTA_EXCEEDED)
                        .remedy(VCPU_REMEDY)
                        .source(EKS_ISSUES),
                codes("update:AsgInstanceLaunchFailures")
                        .saying("Insufficient\\w*Capacity|UnfulfillableCapacity|ReservationCapacityExceeded")
                        .means(NO_CAPACITY)
                        .remedy(CAPACITY_REMEDY)
                        .source(EKS_ISSUES),
                codes("update:IpNotAvailable update:InsufficientFreeAddresses")
                        .means(NO_CAPACITY)
                        .remedy("Free addresses in the cluster's subnets: an update needs up to five in each.")
                        .source(UPDATES),
                codes("update:PodEvictionFailure")
                        .means(INVALID_REQUEST)
                        .remedy("Remove the pods that a disruption budget or a finalizer keeps, then apply again.")
                        .source(UPDATES),
                codes("update:NodeCreationFailure")
                        .means(INVALID_REQUEST)
                        .remedy("New nodes did not join: check the node role, the route to the cluster's API, and the "
                                + "console output of a node.")
                        .source(EKS_ISSUES),
                codes("update:ConfigurationConflict")
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Another field manager owns fields of the add-on: have it release them, then apply again.")
                        .source(UPDATES),
                codes("update:AdmissionRequestDenied")
                        .means(INVALID_REQUEST)
                        .remedy(
                                "A webhook of the cluster refuses the add-on's objects: change its rules, then apply again.")
                        .source(UPDATES),
                codes("update:*")
                        .means(INVALID_REQUEST)
                        .remedy("Fix the problem that EKS reports, then apply again.")
                        .source(UPDATES));
    }

    /** States that waiting does not change. */
    private static List<ErrorRow> states() {
        String endpoints = "https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html";
        return List.of(
                codes("state:vpc-endpoint-failed")
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Look at the endpoint's subnets, security groups and private DNS, then plan again: a failed endpoint is "
                                        + "created again.")
                        .source(endpoints),
                codes("state:vpc-endpoint-rejected")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "The owner of the endpoint service has rejected the endpoint: resolve this with the owner,"
                                        + " then plan again.")
                        .source(endpoints),
                codes("state:vpc-endpoint-expired")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "The owner of the endpoint service did not accept the endpoint in time: resolve this with the"
                                        + " owner, then plan again.")
                        .source(endpoints),
                codes("state:route-table-association-failed")
                        .means(UNAVAILABLE)
                        .remedy("EC2 could not associate the subnet with its route table: plan again to retry.")
                        .source(
                                "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTableAssociationState.html"),
                codes("state:key-Unavailable")
                        .means(UNAVAILABLE)
                        .remedy("The custom key store of the key does not answer (aws kms describe-custom-key-stores).")
                        .source(KEY_STATES),
                codes("state:key-PendingImport")
                        .means(INVALID_REQUEST)
                        .remedy("The key has no key material: it has expired, or someone has deleted it.")
                        .source(KEY_STATES));
    }

    private static List<ErrorRow> general() {
        return List.of(
                codes("""
                                InternalError InternalFailure InternalServerError InternalException KMSInternalException
                                ServerException ServiceFailure ServiceFailureException ServiceUnavailable ServiceUnavailableException
                                ServiceException Unavailable DependencyTimeoutException DependencyFailureException
                                KeyUnavailableException RequestTimeout RequestTimeoutException HTTP-5*""")
                        .means(UNAVAILABLE)
                        .remedy("AWS failed, not this request: see the AWS Health Dashboard, then apply again.")
                        .source(COMMON),
                codes("*")
                        .saying("cannot be assumed|could not be assumed|unable to assume|not authorized to assume|"
                                + "role .*(does not exist|is not valid|is invalid|not found|cannot be found)|invalid principal in policy|"
                                + "policy contains a statement with one or more invalid principals|trust relationship|"
                                + "cannot be found in the region yet|is not yet (available|propagated)")
                        .means(NOT_YET_CONSISTENT)
                        .minutes(10)
                        .remedy(
                                "Changes in IAM take effect everywhere after a minute or two. If the error persists, check"
                                        + " that the role that the message names exists and trusts the service.")
                        .source(CONSISTENCY),
                codes("HTTP-403")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Allow {operation} for the credentials in use, or use others; sts:GetCallerIdentity shows the identity.")
                        .source(COMMON),
                codes("HTTP-4*")
                        .means(INVALID_REQUEST)
                        .remedy("Correct what the message names, then apply again.")
                        .source(COMMON),
                codes("*")
                        .means(UNKNOWN)
                        .remedy("Ask AWS Support about the request id.")
                        .source(COMMON));
    }
}
