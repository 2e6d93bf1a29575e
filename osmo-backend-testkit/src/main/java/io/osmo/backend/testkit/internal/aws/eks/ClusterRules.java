// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import io.osmo.backend.testkit.internal.aws.ec2.Cidrs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.*;

/** Checks requests that create or change a cluster. */
final class ClusterRules {
    /** What serviceIpv4Cidr must lie in. */
    private static final List<String> SERVICES = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

    private final Eks eks;

    ClusterRules(Eks eks) {
        this.eks = eks;
    }

    /** Returns the version that a valid request asks for. */
    Versions.Offer check(CreateClusterRequest r) {
        if (eks.clusters.has(r.name())) {
            throw EksErrors.inUse("Cluster already exists with name: " + r.name());
        }
        if (eks.clusters.size() >= eks.account.quota(AwsQuotas.CLUSTERS)) {
            throw EksErrors.limit("Cluster limit exceeded");
        }
        Versions.Offer version = version(r);
        checkRole(r.roleArn());
        List<Subnet> subnets = subnets(r.resourcesVpcConfig().subnetIds());
        r.resourcesVpcConfig().securityGroupIds().forEach(eks.ec2.securityGroups::get);
        for (EncryptionConfig encryption : r.encryptionConfig()) {
            if (!eks.kms.isUsable(encryption.provider().keyArn())) {
                throw EksErrors.invalidParameter("The keyArn in encryptionConfig provider: "
                        + encryption.provider().keyArn() + " is invalid or cannot be used");
            }
        }
        checkEndpoints(isPublic(r.resourcesVpcConfig()), isPrivate(r.resourcesVpcConfig()));
        if (SERVICES.stream().map(Cidrs::range).noneMatch(block -> block.contains(Cidrs.range(serviceCidr(r))))) {
            throw EksErrors.invalidParameter(
                    "The service CIDR is not within a private IP address block: " + serviceCidr(r));
        }
        String vpcCidr = eks.ec2.vpcs.get(subnets.get(0).vpcId()).cidrBlock();
        if (Cidrs.range(serviceCidr(r)).overlaps(Cidrs.range(vpcCidr))) {
            throw EksErrors.invalidParameter("The service CIDR overlaps with the VPC's: " + serviceCidr(r));
        }
        return version;
    }

    private Versions.Offer version(CreateClusterRequest r) {
        Versions.Offer version = Versions.offer(r.version() == null ? Versions.DEFAULT : r.version());
        VersionStatus status = version.status(eks.account.now());
        if (status == VersionStatus.UNSUPPORTED) {
            throw EksErrors.invalidParameter("unsupported Kubernetes version " + version.minor());
        }
        if (status == VersionStatus.EXTENDED_SUPPORT
                && r.upgradePolicy() != null
                && r.upgradePolicy().supportType() == SupportType.STANDARD) {
            throw EksErrors.invalidParameter("Kubernetes version " + version.minor()
                    + " is in extended support; supportType STANDARD is not possible");
        }
        return version;
    }

    private void checkRole(String arn) {
        if (!eks.iam.isAssumable(arn, "eks.amazonaws.com")) {
            throw EksErrors.invalidParameter("Role with arn: " + arn
                    + ", could not be assumed because it does not exist or the trusted entity is not correct");
        }
    }

    /** The subnets with these ids, if a cluster can use them together. */
    List<Subnet> subnets(List<String> ids) {
        List<Subnet> subnets = ids.stream()
                .map(id -> eks.ec2
                        .subnets
                        .find(id)
                        .orElseThrow(() -> EksErrors.invalidParameter("The subnet ID '" + id + "' does not exist")))
                .toList();
        Set<String> zones = subnets.stream().map(Subnet::availabilityZone).collect(Collectors.toSet());
        if (zones.size() < 2) {
            throw EksErrors.invalidParameter("Subnets specified must be in at least two different AZs");
        }
        if (subnets.stream().map(Subnet::vpcId).distinct().count() != 1) {
            throw EksErrors.invalidParameter("Subnets must be in the same VPC");
        }
        return subnets;
    }

    static void checkEndpoints(boolean publicAccess, boolean privateAccess) {
        if (!publicAccess && !privateAccess) {
            throw EksErrors.invalidParameter("Private and public endpoint access cannot be false");
        }
    }

    static boolean isPublic(VpcConfigRequest config) {
        return !Boolean.FALSE.equals(config.endpointPublicAccess());
    }

    static boolean isPrivate(VpcConfigRequest config) {
        return Boolean.TRUE.equals(config.endpointPrivateAccess());
    }

    static String serviceCidr(CreateClusterRequest r) {
        return Optional.ofNullable(r.kubernetesNetworkConfig())
                .map(KubernetesNetworkConfigRequest::serviceIpv4Cidr)
                .orElse("172.20.0.0/16");
    }
}
