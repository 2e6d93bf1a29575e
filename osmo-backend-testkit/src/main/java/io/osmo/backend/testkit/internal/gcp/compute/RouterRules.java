// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.RouterNat;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.GcpQuotas;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Cloud Routers, and the NAT gateways in them. */
final class RouterRules implements ResourceRules {
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final String ALL_RANGES = "ALL_SUBNETWORKS_ALL_IP_RANGES";

    private final GcpProject project;

    RouterRules(GcpProject project) {
        this.project = project;
    }

    @Override
    public Message prepare(String path, Message wanted, ComputeResources all) {
        if (all.all("routers").size() >= project.quota(GcpQuotas.ROUTERS)) {
            throw GcpError.quota(
                    "Quota 'ROUTERS' exceeded.  Limit: " + project.quota(GcpQuotas.ROUTERS) + " globally.");
        }
        return change(path, wanted, wanted, all);
    }

    @Override
    public Message change(String path, Message old, Message changed, ComputeResources all) {
        Router router = (Router) changed;
        if (!router.hasNetwork()) {
            throw GcpError.of(400, "required", "Required field 'resource.network' not specified");
        }
        Set<String> names = new HashSet<>();
        Router.Builder complete = router.toBuilder().clearNats();
        for (RouterNat nat : router.getNatsList()) {
            if (nat.getName().isEmpty() || !names.add(nat.getName())) {
                throw GcpError.invalid("Invalid value for field 'resource.nats[].name': '" + nat.getName()
                        + "'. Names of NAT gateways must be given and unique in their router.");
            }
            if (!nat.hasSourceSubnetworkIpRangesToNat()) {
                throw GcpError.of(
                        400,
                        "required",
                        "Required field 'resource.nats[0].sourceSubnetworkIpRangesToNat' not specified");
            }
            if (!nat.hasNatIpAllocateOption()) {
                throw GcpError.of(
                        400, "required", "Required field 'resource.nats[0].natIpAllocateOption' not specified");
            }
            if (nat.getNatIpAllocateOption().equals("MANUAL_ONLY")
                    == nat.getNatIpsList().isEmpty()) {
                throw GcpError.invalid("Invalid value for field 'resource.nats[0].natIps': natIps are given with"
                        + " MANUAL_ONLY and only then.");
            }
            refuseSecondForAllRanges(path, router, nat, all);
            complete.addNats(completed(nat));
        }
        return complete.build();
    }

    private static void refuseSecondForAllRanges(String path, Router router, RouterNat nat, ComputeResources all) {
        String region = ResourceNames.scope(path);
        all.all("routers").forEach((other, row) -> {
            Router there = (Router) row;
            boolean same = there.getNetwork().equals(router.getNetwork())
                    && ResourceNames.scope(other).equals(region)
                    && !other.equals(path);
            boolean both = nat.getSourceSubnetworkIpRangesToNat().equals(ALL_RANGES)
                    && there.getNatsList().stream()
                            .anyMatch(n -> n.getSourceSubnetworkIpRangesToNat().equals(ALL_RANGES));
            if (same && both) {
                throw GcpError.invalid(
                        "Invalid value for field 'resource.nats[0].sourceSubnetworkIpRangesToNat': '" + ALL_RANGES
                                + "'. There is already a Cloud NAT gateway for all ranges of the network in the region.");
            }
        });
    }

    private static RouterNat completed(RouterNat nat) {
        RouterNat.Builder complete = nat.toBuilder();
        if (!nat.hasMinPortsPerVm()) {
            complete.setMinPortsPerVm(64);
        }
        if (!nat.hasEnableEndpointIndependentMapping()) {
            complete.setEnableEndpointIndependentMapping(false);
        }
        if (!nat.hasType()) {
            complete.setType("PUBLIC");
        }
        if (nat.getEndpointTypesList().isEmpty()) {
            complete.addEndpointTypes("ENDPOINT_TYPE_VM");
        }
        return complete.build();
    }

    @Override
    public Duration createTime() {
        return TIME;
    }

    @Override
    public Duration deleteTime() {
        return TIME;
    }
}
