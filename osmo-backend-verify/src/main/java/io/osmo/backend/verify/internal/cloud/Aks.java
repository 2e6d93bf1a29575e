// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import io.osmo.backend.verify.internal.cloud.StorageDriver.Always;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.semver4j.Semver;

/** Azure Kubernetes Service. */
final class Aks implements CloudService {
    private static final String SPOT = "kubernetes.azure.com/scalesetpriority";
    private static final Semver TOO_NEW_FOR_GPUS = Semver.create(1, 34, 0);

    /** NVIDIA's only: some families NV and ND have GPUs of AMD. */
    private static final MachineTypes MACHINES = new MachineTypes(
            "Standard_N[CDV](?!\\d+as_v4)(?!.*_(MI\\d+X|V\\d+)_).*",
            "Standard_B.*",
            Map.of(4, "Standard_D4s_v5", 8, "Standard_D8s_v5"));

    private static final List<StorageDriver> DRIVERS = List.of(
            StorageDriver.disk("disk.csi.azure.com", new Always())
                    .after("kubernetes.io/azure-disk")
                    .installedBy("az aks update --resource-group GROUP --name NAME --enable-disk-driver"),
            StorageDriver.files("file.csi.azure.com", new Always())
                    .after("kubernetes.io/azure-file")
                    .installedBy("az aks update --resource-group GROUP --name NAME --enable-file-driver"),
            StorageDriver.files("blob.csi.azure.com", new Always()));

    @Override
    public String name() {
        return "AKS";
    }

    @Override
    public String provider() {
        return "azure";
    }

    @Override
    public boolean hosts(NodeFacts node) {
        return node.providerId().startsWith("azure:");
    }

    /** It does not mark its builds of Kubernetes, but the nodes. */
    @Override
    public boolean runs(NodeFacts node) {
        return node.providerId().startsWith("azure://")
                && !node.label("kubernetes.azure.com/cluster").isEmpty();
    }

    @Override
    public Optional<String> automaticMode(NodeFacts node) {
        return node.labels().keySet().stream().anyMatch(key -> key.startsWith("karpenter.azure.com/"))
                ? Optional.of("AKS node auto-provisioning")
                : Optional.empty();
    }

    @Override
    public String poolLabel() {
        return "kubernetes.azure.com/agentpool";
    }

    @Override
    public boolean isSystemPool(Map<String, String> labels) {
        return "system".equals(labels.get("kubernetes.azure.com/mode"));
    }

    @Override
    public boolean isSpot(NodeFacts node) {
        return node.label(SPOT).equals("spot");
    }

    @Override
    public Set<String> spotTaints() {
        return Set.of(SPOT);
    }

    @Override
    public boolean autoscales() {
        return true;
    }

    @Override
    public MachineTypes machines() {
        return MACHINES;
    }

    @Override
    public Optional<GpuValidation> gpuValidation() {
        return Optional.of(new GpuValidation(
                "Kubernetes 1.33 or older and containerd 1.7",
                node -> Versions.parse(node.kubeletVersion())
                                .filter(v -> v.isLowerThan(TOO_NEW_FOR_GPUS))
                                .isPresent()
                        && !node.runtimeVersion().startsWith("containerd://2.")));
    }

    @Override
    public boolean answersDns(NodeFacts node) {
        return false;
    }

    @Override
    public boolean enforcesPolicies(WorkloadFacts daemonSet) {
        return daemonSet.name().equals("azure-npm");
    }

    @Override
    public List<StorageDriver> drivers() {
        return DRIVERS;
    }

    @Override
    public Optional<String> poolWithoutGpuDriver() {
        return Optional.of("Create the pool again with --gpu-driver none");
    }

    /** To keep webhooks away from its own namespaces, which KAI before 0.14 undoes (kai-scheduler/KAI-Scheduler#1292). */
    @Override
    public boolean editsWebhooks() {
        return true;
    }

    @Override
    public String remedy(Remedy remedy) {
        return switch (remedy) {
            case ENCRYPT_SECRETS ->
                "az aks update --resource-group GROUP --name NAME --enable-azure-keyvault-kms"
                        + " --azure-keyvault-kms-key-id KEY";
            case MAKE_CONTROL_PLANE_REDUNDANT -> "az aks update --resource-group GROUP --name NAME --tier standard";
            case FOLLOW_MINOR_VERSION -> "az aks upgrade --resource-group GROUP --name NAME --kubernetes-version MINOR";
            case UPGRADE -> "az aks upgrade --resource-group GROUP --name NAME --kubernetes-version NEXT";
            case LIMIT_API_ACCESS ->
                "az aks update --resource-group GROUP --name NAME --api-server-authorized-ip-ranges RANGES";
            case GRANT_CLUSTER_ADMIN ->
                "Bind cluster-admin to the user who installs; a new role of Entra ID takes up to 15 minutes.";
            case SPREAD_POOL_OVER_ZONES -> "Create another pool with --zones: those of a pool cannot be changed.";
            case ATTACH_ACCELERATOR -> "Use a size that has GPUs, such as Standard_NC4as_T4_v3.";
            case ENFORCE_NETWORK_POLICIES ->
                "Turn network policies on: networkPolicy in the network profile of the cluster.";
            case GIVE_PODS_IDENTITY ->
                "az aks update --resource-group GROUP --name NAME --enable-oidc-issuer --enable-workload-identity";
            case SHARE_FILES -> "Use a class of shared files, such as one of Azure Files.";
            case REPLACE_INSTANCE_TYPE -> "Move to a current size, such as NCads_H100_v5.";
            case REPLACE_NODE_IMAGE -> "Move the pool to Ubuntu 22.04 or newer.";
            case ROLL_NODE_IMAGE ->
                "az aks nodepool upgrade --resource-group GROUP --cluster-name NAME --name POOL --node-image-only";
        };
    }
}
