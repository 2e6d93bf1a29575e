// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.diagnosis;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.Diagnostics;
import io.osmo.backend.spi.provider.HeldCertificates;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.StatedCause;
import java.util.List;

/**
 * The causes on Azure, the most specific first: what keeps machines from being started, then what keeps them from joining.
 *
 * @see <a href="https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/aks-error-code-page">AKS: error codes</a>
 */
public final class AzureDiagnostics {
    /** The rights that diagnostics need in addition to those of a plan. */
    public static final Needs NEEDS = Needs.reading(
            ArmType.AGENT_POOL.action("read"),
            ArmType.VIRTUAL_NETWORK.action("read"),
            ArmType.SECURITY_GROUP.action("read"),
            ArmType.ROUTE_TABLE.action("read"),
            ActivityLog.ACTION);

    public static final Diagnostics<AzureContext, JoinFacts> DIAGNOSTICS = new Diagnostics<>(
            new AzureEvidenceReader(),
            List.of(
                    StatedCause.of(
                            "policy-forbids",
                            "RequestDisallowedByPolicy",
                            "An Azure Policy forbids the machines of the pool.",
                            "Ask the administrators of the subscription for an exemption from the policy that the message names."),
                    StatedCause.of(
                            "resource-group-locked",
                            "ScopeLocked",
                            "A lock keeps AKS from changing the resource group of the nodes.",
                            "Delete the lock that the message names: az lock delete."),
                    StatedCause.of(
                            "key-not-granted",
                            "KeyVaultAccessForbidden",
                            "The disk encryption set may not use its key.",
                            "Give its identity the role Key Vault Crypto Service Encryption User on the vault; plan and apply"
                                    + " again if the vault is the backend's."),
                    StatedCause.of(
                            "key-unusable",
                            "KeyVaultKeyNotUsable|not allowed on a (disabled|deleted)|KeyDisabled|KeyNotFound",
                            "The key of the nodes' disks is disabled or deleted.",
                            "Enable or recover the key in its vault: az keyvault key set-attributes --enabled true."),
                    StatedCause.of(
                            "subnet-full",
                            "SubnetIsFull|InsufficientSubnetSize",
                            "The subnet of the nodes has no free address.",
                            "Free addresses, or give the backend a larger subnet."),
                    StatedCause.of(
                            Cause.QUOTA,
                            "QuotaExceeded|InsufficientVCPUQuota|exceeding approved .*quota",
                            "The vCPU quota of the subscription is used up.",
                            "Ask for more in the Azure portal (Quotas), or free what is no longer used."),
                    StatedCause.of(
                            "size-not-available",
                            "SkuNotAvailable|NotAvailableForSubscription",
                            "The subscription may not use this VM size in this region or zone.",
                            "Name another size or other zones, or ask Azure support to lift the restriction."),
                    StatedCause.of(
                            "reservation-does-not-fit",
                            "CapacityReservation",
                            "The capacity reservation group of the pool does not exist, or has no reservation for its"
                                    + " machines.",
                            "Name a group with a reservation for the pool's VM size and zones."),
                    StatedCause.of(
                            Cause.NO_CAPACITY,
                            "AllocationFailed|OverconstrainedAllocationRequest|OverconstrainedZonalAllocationRequest"
                                    + "|AKSCapacityError",
                            "Azure has no machine of this size in the zones of the pool.",
                            "Add zones or a fallback to the pool, reserve capacity, or apply again later."),
                    new SecurityGroupBlocks(),
                    new RouteToNowhere(),
                    new NoWayOut(),
                    new DnsServerFails(),
                    StatedCause.of(
                            "dns-lookup-fails",
                            "K8SAPIServerDNSLookupFail|exit status=52",
                            "Nodes cannot resolve the name of the cluster's API server.",
                            "Link the private DNS zone of the cluster to the network of the nodes, and check its DNS servers."),
                    StatedCause.of(
                            "api-server-unreachable",
                            "K8SAPIServerConnFail|exit status=51",
                            "Nodes cannot reach the cluster's API server.",
                            "Add the addresses from which nodes call to the authorized ranges of the cluster, and allow"
                                    + " TCP 443 to it in firewalls."),
                    StatedCause.of(
                            "outbound-blocked",
                            "OutboundConnFail|exit status=50",
                            "Nodes cannot reach anything outside their network.",
                            "Allow what AKS needs in firewalls: https://aka.ms/aks-required-ports-and-addresses."),
                    new HeldCertificates<>()));

    private AzureDiagnostics() {}
}
