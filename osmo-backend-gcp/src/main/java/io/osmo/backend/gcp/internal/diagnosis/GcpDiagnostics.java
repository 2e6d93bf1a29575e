// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spi.provider.Diagnostics;
import io.osmo.backend.spi.provider.HeldCertificates;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.StatedCause;
import java.util.List;

/**
 * The causes on Google Cloud, the most specific first: what keeps machines from being started, then what keeps them from registering.
 *
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/troubleshooting/node-registration">GKE: node registration</a>
 * @see <a href="https://cloud.google.com/compute/docs/troubleshooting/troubleshooting-mig">Managed instance groups: errors</a>
 */
public final class GcpDiagnostics {
    /** The rights that diagnostics need in addition to those of a plan. */
    public static final Needs NEEDS = Needs.reading(
            "compute.instances.list",
            "compute.instances.getSerialPortOutput",
            "compute.subnetworks.get",
            "compute.routers.list",
            "compute.routes.list",
            "compute.firewalls.list",
            "iam.serviceAccounts.get");

    public static final Diagnostics<GcpContext, JoinFacts> DIAGNOSTICS = new Diagnostics<>(
            new GcpEvidenceReader(),
            List.of(
                    StatedCause.of(
                            "organization-forbids",
                            "constraints/[a-zA-Z.]+ .*violated|Constraint .* violated|CONDITION_NOT_MET",
                            "A policy of the organization forbids the machines of the pool.",
                            "Ask the administrators of the organization for an exception to the constraint that the"
                                    + " message names."),
                    StatedCause.of(
                            "gke-agent-without-role",
                            "GKE_SERVICE_ACCOUNT_DELETED|Required 'compute\\.[a-zA-Z.]+' permission",
                            "The service agent of GKE may not manage machines in the project.",
                            "Give service-PROJECT_NUMBER@container-engine-robot.iam.gserviceaccount.com the role"
                                    + " roles/container.serviceAgent on the project."),
                    new NodeAccountDeleted(),
                    StatedCause.of(
                            "node-account-deleted",
                            "of type 'serviceAccount' was not found",
                            "The service account of the nodes did not exist when GKE last tried to start them.",
                            "GKE tries again every few minutes; if the error persists, plan and apply again."),
                    StatedCause.of(
                            "key-not-granted",
                            "cloudkms\\.[a-zA-Z.]+' denied",
                            "Compute Engine may not use the key of the nodes' disks.",
                            "Give its service agent, service-PROJECT_NUMBER@compute-system.iam.gserviceaccount.com, the role"
                                    + " roles/cloudkms.cryptoKeyEncrypterDecrypter on the key; plan and apply again if the key is"
                                    + " the backend's."),
                    StatedCause.of(
                            "key-unusable",
                            "CLOUD_KMS_KEY_ERROR|Cloud KMS error",
                            "The key of the nodes' disks has no enabled primary version, or no longer exists.",
                            "Enable or restore the primary version of the key."),
                    new RangeUsedUp(),
                    StatedCause.of(
                            Cause.RESERVATION_USED_UP,
                            "reservation.* does not have (available|sufficient|enough) ",
                            "The reservation of the pool has no free capacity.",
                            "Enlarge the reservation, stop other machines that use it, or add a fallback to the pool."),
                    StatedCause.of(
                            "reservation-does-not-fit",
                            "reservation",
                            "The reservation of the pool does not exist, or is for other machines.",
                            "Name a reservation that is ready, is for the pool's type and zones, and is used by name only."),
                    StatedCause.of(
                            Cause.QUOTA,
                            "GCE_QUOTA_EXCEEDED|QUOTA_EXCEEDED|Quota '.*' exceeded",
                            "A quota of the project is used up.",
                            "Ask for more of the quota that the message names (IAM & Admin, Quotas), or free what is no"
                                    + " longer used."),
                    StatedCause.of(
                            Cause.NO_CAPACITY,
                            "GCE_STOCKOUT|RESOURCE_POOL_EXHAUSTED|does not have enough resources available",
                            "Compute Engine has no machine of this type in the zones of the pool.",
                            "Add zones or a fallback to the pool, reserve capacity, or apply again later."),
                    new FirewallBlocks(),
                    new RouteMissing(),
                    new NoWayOut(),
                    new HeldCertificates<>()));

    private GcpDiagnostics() {}
}
