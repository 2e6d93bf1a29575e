// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.Diagnostics;
import io.osmo.backend.spi.provider.HeldCertificates;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.StatedCause;
import java.util.List;

/**
 * The causes on AWS, the most specific first: what keeps instances from being launched, then what keeps them from joining.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Issue.html">EKS: issues of node groups</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html">EC2 Auto Scaling: launch
 *     failures</a>
 */
public final class AwsDiagnostics {
    /** The rights that diagnostics need in addition to those of a plan. */
    public static final Needs NEEDS = Needs.reading(
            "autoscaling:DescribeScalingActivities",
            "ec2:DescribeInstances",
            "ec2:DescribeLaunchTemplates",
            "ec2:DescribeNetworkAcls",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcAttribute",
            "ec2:DescribeVpcEndpoints",
            "ec2:GetConsoleOutput",
            "eks:DescribeAccessEntry",
            "iam:ListAttachedRolePolicies");

    public static final Diagnostics<AwsContext, JoinFacts> DIAGNOSTICS = new Diagnostics<>(
            new AwsEvidenceReader(),
            List.of(
                    new TemplateDeleted(),
                    new NodeRoleMissing(),
                    StatedCause.of(
                            "organization-forbids",
                            "explicit deny in a service control policy|not authorized to perform: ec2:RunInstances",
                            "A policy of the organization or of the account does not let EC2 Auto Scaling launch instances.",
                            "Ask the administrators of the organization to allow ec2:RunInstances for this region, type and"
                                    + " image; aws sts decode-authorization-message shows the policy."),
                    StatedCause.of(
                            "spot-role-missing",
                            "ServiceLinkedRoleCreationNotPermitted",
                            "The account lacks the service-linked role of EC2 Spot.",
                            "Create it once: aws iam create-service-linked-role --aws-service-name spot.amazonaws.com."),
                    StatedCause.of(
                            "key-unusable",
                            "InvalidKMSKey.InvalidState|KMSKeyDisabled|KMSInvalidState",
                            "The KMS key of the nodes' disks is disabled or about to be deleted.",
                            "Enable the key (aws kms enable-key), or cancel its deletion first."),
                    StatedCause.of(
                            "key-not-granted",
                            "Client\\.InternalError",
                            "EC2 Auto Scaling may not use the KMS key of the nodes' disks, so instances terminate right after launch.",
                            "Let the role AWSServiceRoleForAutoScaling use the key, by the key's policy or by a grant;"
                                    + " plan and apply again if the key is the backend's."),
                    StatedCause.of(
                            Cause.RESERVATION_USED_UP,
                            "ReservationCapacityExceeded",
                            "The capacity reservation of the pool has no free capacity.",
                            "Enlarge the reservation, stop other machines that use it, or add a fallback to the pool."),
                    StatedCause.of(
                            "reservation-does-not-fit",
                            "CapacityReservationId|capacity reservation|attributes of the instance do not match",
                            "The capacity reservation of the pool does not exist, is not active, or is for other machines.",
                            "Name an active reservation for the pool's type and zone."),
                    StatedCause.of(
                            Cause.QUOTA,
                            "VcpuLimitExceeded|InstanceLimitExceeded|MaxSpotInstanceCountExceeded|VolumeLimitExceeded|vCPU limit",
                            "The vCPU quota of the account is used up.",
                            "Ask for more in Service Quotas, or free what is no longer used."),
                    StatedCause.of(
                            Cause.NO_CAPACITY,
                            "InsufficientInstanceCapacity|UnfulfillableCapacity|InsufficientHostCapacity",
                            "EC2 has no machine of this type in the zones of the pool.",
                            "Add zones, types or a fallback to the pool, reserve capacity, or apply again later."),
                    StatedCause.of(
                            "image-does-not-fit",
                            "architecture .*does not match",
                            "The image is for another processor architecture than the instance type.",
                            "Name a type of the image's architecture, or let the image follow from the type."),
                    StatedCause.of(
                            "type-without-interfaces",
                            "InvalidParameterCombination",
                            "The instance type does not support the settings of the launch template.",
                            "Change what the message names: the type, or settings of the pool such as EFA."),
                    new AddressesUsedUp(),
                    new DnsOff(),
                    new NetworkAclBlocks(),
                    new SecurityGroupBlocks(),
                    new RouteMissing(),
                    new RouteToNowhere(),
                    new EndpointClosed(),
                    new NodeRoleWithoutPolicies(),
                    new AccessEntryMissing(),
                    new NetworkPluginMissing(),
                    new HeldCertificates<>()));

    private AwsDiagnostics() {}
}
