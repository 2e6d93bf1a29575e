// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import io.osmo.backend.verify.internal.cloud.StorageDriver.Always;
import io.osmo.backend.verify.internal.cloud.StorageDriver.OnRequest;
import io.osmo.backend.verify.internal.cloud.StorageDriver.Unknown;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Amazon Elastic Kubernetes Service. */
final class Eks implements CloudService {
    private static final String NETWORK_PLUGIN = "aws-node";

    /** NVIDIA's only: g4ad has GPUs of AMD. */
    private static final MachineTypes MACHINES = new MachineTypes(
            "(p\\d[-\\w]*|(?!g4ad)gr?\\d\\w*)\\..*", "t[1234][ag]?\\..*", Map.of(4, "m7i.xlarge", 8, "m7i.2xlarge"));

    /** The driver reads names of parameters in any case. */
    private static final OnRequest ON_REQUEST = new OnRequest("encrypted", "kmskeyid");

    private static final List<StorageDriver> DRIVERS = List.of(
            StorageDriver.disk("ebs.csi.aws.com", ON_REQUEST)
                    .after("kubernetes.io/aws-ebs")
                    .withController("ebs-csi-controller")
                    .installedBy("aws eks create-addon --cluster-name NAME --addon-name aws-ebs-csi-driver"),
            // The driver of Auto Mode; its controller runs outside the cluster.
            StorageDriver.disk("ebs.csi.eks.amazonaws.com", ON_REQUEST),
            StorageDriver.files("efs.csi.aws.com", new Unknown()),
            StorageDriver.files("fsx.csi.aws.com", new Always()));

    @Override
    public String name() {
        return "EKS";
    }

    @Override
    public String provider() {
        return "aws";
    }

    @Override
    public boolean hosts(NodeFacts node) {
        return node.providerId().startsWith("aws:");
    }

    @Override
    public boolean runs(NodeFacts node) {
        String id = node.providerId();
        return (id.startsWith("aws://") || id.startsWith("eks-hybrid://")) && built(node.kubeletVersion());
    }

    @Override
    public boolean built(String version) {
        return version.contains("-eks-");
    }

    @Override
    public Optional<String> automaticMode(NodeFacts node) {
        return isAuto(node) ? Optional.of("EKS Auto Mode") : Optional.empty();
    }

    @Override
    public Optional<String> virtual(NodeFacts node) {
        return node.label("eks.amazonaws.com/compute-type").equals("fargate")
                ? Optional.of("Fargate")
                : Optional.empty();
    }

    private static boolean isAuto(NodeFacts node) {
        return node.label("eks.amazonaws.com/compute-type").equals("auto");
    }

    @Override
    public String poolLabel() {
        return "eks.amazonaws.com/nodegroup";
    }

    @Override
    public boolean isSpot(NodeFacts node) {
        return node.label("eks.amazonaws.com/capacityType").equals("SPOT");
    }

    @Override
    public boolean isStateTaint(String key) {
        return key.startsWith("aws-node-termination-handler/");
    }

    @Override
    public boolean autoscales() {
        return false;
    }

    @Override
    public MachineTypes machines() {
        return MACHINES;
    }

    @Override
    public boolean answersDns(NodeFacts node) {
        return isAuto(node);
    }

    @Override
    public boolean enforcesPolicies(WorkloadFacts daemonSet) {
        return daemonSet.name().equals(NETWORK_PLUGIN)
                && daemonSet.template().stream()
                        .flatMap(t -> t.containers().stream())
                        .anyMatch(c -> c.flag("enablenetworkpolicy").equals(Optional.of("true")));
    }

    /** Nodes of Auto Mode enforce policies if a ConfigMap tells them to. */
    @Override
    public boolean hidesNetworkPlugin(NodeFacts node) {
        return isAuto(node);
    }

    @Override
    public Set<String> networkPlugins() {
        return Set.of(NETWORK_PLUGIN);
    }

    @Override
    public Optional<String> loadBalancerController() {
        return Optional.of("aws-load-balancer-controller");
    }

    @Override
    public List<EgressPolicy> egressPolicies() {
        return List.of(
                new EgressPolicy("networking.k8s.aws", "v1alpha1", "applicationnetworkpolicies", true),
                new EgressPolicy("networking.k8s.aws", "v1alpha1", "clusternetworkpolicies", false));
    }

    @Override
    public List<StorageDriver> drivers() {
        return DRIVERS;
    }

    @Override
    public String remedy(Remedy remedy) {
        return switch (remedy) {
            case ENCRYPT_SECRETS ->
                "aws eks associate-encryption-config --region REGION --cluster-name NAME"
                        + " --encryption-config '[{\"resources\":[\"secrets\"],\"provider\":{\"keyArn\":\"KEY\"}}]'";
            case MAKE_CONTROL_PLANE_REDUNDANT -> "Report this: EKS runs every control plane redundantly.";
            case FOLLOW_MINOR_VERSION ->
                "aws eks update-cluster-version --region REGION --name NAME --kubernetes-version MINOR";
            case UPGRADE ->
                "aws eks update-cluster-version --region REGION --name NAME --kubernetes-version NEXT; then the node"
                        + " groups";
            case LIMIT_API_ACCESS ->
                "aws eks update-cluster-config --region REGION --name NAME --resources-vpc-config"
                        + " publicAccessCidrs=RANGES";
            case GRANT_CLUSTER_ADMIN -> "Bind cluster-admin to the user who installs.";
            case SPREAD_POOL_OVER_ZONES -> "Give the node group subnets in a second zone.";
            case ATTACH_ACCELERATOR -> "Use an instance type that has GPUs, such as g6.xlarge.";
            case ENFORCE_NETWORK_POLICIES -> "Set enableNetworkPolicy of the VPC CNI add-on to true.";
            case GIVE_PODS_IDENTITY ->
                "aws eks create-addon --region REGION --cluster-name NAME --addon-name eks-pod-identity-agent";
            case SHARE_FILES -> "Use a class of shared files, such as one of EFS.";
            case REPLACE_INSTANCE_TYPE -> "Move to a current type, such as g5, g6 or newer.";
            case REPLACE_NODE_IMAGE -> "Move the pool to AL2023, Bottlerocket, or Ubuntu 22.04 or newer.";
            case ROLL_NODE_IMAGE ->
                "aws eks update-nodegroup-version --region REGION --cluster-name NAME --nodegroup-name POOL";
        };
    }
}
