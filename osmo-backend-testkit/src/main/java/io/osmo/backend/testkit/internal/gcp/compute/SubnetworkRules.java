// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.SubnetworkLogConfig;
import com.google.cloud.compute.v1.SubnetworkSecondaryRange;
import com.google.protobuf.Message;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Subnetworks. Their ranges must be well-formed and must not overlap within a network. */
final class SubnetworkRules implements ResourceRules {
    private static final int MIN_PREFIX = 4;
    private static final int MAX_PREFIX = 29;

    @Override
    public Message prepare(String path, Message wanted, ComputeResources all) {
        Subnetwork subnetwork = (Subnetwork) wanted;
        if (!subnetwork.hasNetwork()) {
            throw GcpError.of(400, "required", "Required field 'resource.network' not specified");
        }
        String region = ResourceNames.scope(path);
        if (!Locations.isRegion(region)) {
            throw GcpError.invalid("Invalid value for field 'region': '" + region + "'. Unknown region.");
        }
        checkRanges(path, subnetwork, all);
        Subnetwork.Builder complete = subnetwork.toBuilder();
        IpRange primary = range("ipCidrRange", subnetwork.getIpCidrRange());
        complete.setGatewayAddress(primary.addressAt(1));
        if (!subnetwork.hasPurpose()) {
            complete.setPurpose("PRIVATE");
        }
        if (!subnetwork.hasStackType()) {
            complete.setStackType("IPV4_ONLY");
        }
        if (!subnetwork.hasPrivateIpGoogleAccess()) {
            complete.setPrivateIpGoogleAccess(false);
        }
        if (!subnetwork.hasLogConfig()) {
            complete.setLogConfig(SubnetworkLogConfig.newBuilder().setEnable(false));
        } else if (subnetwork.getLogConfig().getEnable()) {
            SubnetworkLogConfig.Builder log = complete.getLogConfigBuilder();
            if (!log.hasAggregationInterval()) {
                log.setAggregationInterval("INTERVAL_5_SEC");
            }
            if (!log.hasFlowSampling()) {
                log.setFlowSampling(0.5f);
            }
            if (!log.hasMetadata()) {
                log.setMetadata("EXCLUDE_ALL_METADATA");
            }
        }
        complete.setEnableFlowLogs(complete.getLogConfig().getEnable());
        return complete.build();
    }

    @Override
    public Message change(String path, Message old, Message changed, ComputeResources all) {
        Subnetwork before = (Subnetwork) old;
        Subnetwork after = (Subnetwork) changed;
        if (!after.getFingerprint().equals(before.getFingerprint())) {
            throw GcpError.of(412, "conditionNotMet", "Invalid fingerprint.");
        }
        if (!after.getIpCidrRange().equals(before.getIpCidrRange())
                || !after.getNetwork().equals(before.getNetwork())) {
            throw GcpError.invalid("Invalid value for field 'resource': the range and the network cannot be patched");
        }
        return prepare(path, after, all);
    }

    private static void checkRanges(String path, Subnetwork subnetwork, ComputeResources all) {
        List<IpRange> own = new ArrayList<>();
        own.add(range("ipCidrRange", subnetwork.getIpCidrRange()));
        Set<String> names = new HashSet<>();
        for (SubnetworkSecondaryRange secondary : subnetwork.getSecondaryIpRangesList()) {
            if (!names.add(secondary.getRangeName())) {
                throw GcpError.invalid("Duplicate secondary range name " + secondary.getRangeName());
            }
            IpRange range = range("secondaryIpRanges.ipCidrRange", secondary.getIpCidrRange());
            refuseOverlap(range, own, path);
            own.add(range);
        }
        all.all("subnetworks").forEach((other, row) -> {
            Subnetwork there = (Subnetwork) row;
            if (!other.equals(path) && there.getNetwork().equals(subnetwork.getNetwork())) {
                List<IpRange> theirs = new ArrayList<>();
                theirs.add(range("ipCidrRange", there.getIpCidrRange()));
                there.getSecondaryIpRangesList()
                        .forEach(s -> theirs.add(range("secondaryIpRanges.ipCidrRange", s.getIpCidrRange())));
                own.forEach(range -> refuseOverlap(range, theirs, other));
            }
        });
    }

    private static void refuseOverlap(IpRange range, List<IpRange> others, String owner) {
        for (IpRange other : others) {
            if (range.overlaps(other)) {
                throw GcpError.invalid("Invalid IPCidrRange: " + range + " conflicts with existing subnetwork '"
                        + ResourceNames.last(owner) + "' in region '" + ResourceNames.scope(owner) + "'.");
            }
        }
    }

    private static IpRange range(String field, String text) {
        return IpRange.parse(text)
                .filter(range -> range.ipv4()
                        && range.toString().equals(text)
                        && range.prefix() >= MIN_PREFIX
                        && range.prefix() <= MAX_PREFIX)
                .orElseThrow(() -> GcpError.invalid("Invalid value for field 'resource." + field + "': '" + text
                        + "'. Must be a CIDR range with a prefix between 4 and 29 and no host bits."));
    }

    @Override
    public Duration createTime() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration deleteTime() {
        return Duration.ofSeconds(20);
    }
}
