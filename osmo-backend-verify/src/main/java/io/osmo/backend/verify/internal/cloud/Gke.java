// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import io.osmo.backend.verify.internal.cloud.StorageDriver.Always;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Google Kubernetes Engine. */
final class Gke implements CloudService {
    private static final String SPOT = "cloud.google.com/gke-spot";
    private static final String PREEMPTIBLE = "cloud.google.com/gke-preemptible";

    private static final MachineTypes MACHINES = new MachineTypes(
            "(a2|a3|a4x?|g2|g4)-.*",
            "e2-(micro|small|medium)|f1-micro|g1-small",
            Map.of(4, "n2-standard-4", 8, "n2-standard-8"));

    private static final List<StorageDriver> DRIVERS = List.of(
            StorageDriver.disk("pd.csi.storage.gke.io", new Always())
                    .after("kubernetes.io/gce-pd")
                    .installedBy(
                            "gcloud container clusters update NAME --update-addons=GcePersistentDiskCsiDriver=ENABLED"),
            StorageDriver.files("filestore.csi.storage.gke.io", new Always()));

    @Override
    public String name() {
        return "GKE";
    }

    @Override
    public String provider() {
        return "gcp";
    }

    @Override
    public boolean hosts(NodeFacts node) {
        return node.providerId().startsWith("gce:");
    }

    @Override
    public boolean runs(NodeFacts node) {
        return node.providerId().startsWith("gce://") && built(node.kubeletVersion());
    }

    @Override
    public boolean built(String version) {
        return version.contains("-gke.");
    }

    @Override
    public Optional<String> automaticMode(NodeFacts node) {
        return node.name().startsWith("gk3-") ? Optional.of("GKE Autopilot") : Optional.empty();
    }

    @Override
    public String poolLabel() {
        return "cloud.google.com/gke-nodepool";
    }

    @Override
    public boolean isSpot(NodeFacts node) {
        return node.label(SPOT).equals("true") || node.label(PREEMPTIBLE).equals("true");
    }

    @Override
    public Set<String> spotTaints() {
        return Set.of(SPOT, PREEMPTIBLE);
    }

    @Override
    public boolean isStateTaint(String key) {
        return key.equals("cloud.google.com/impending-node-termination");
    }

    @Override
    public boolean autoscales() {
        return true;
    }

    @Override
    public MachineTypes machines() {
        return MACHINES;
    }

    /** A GPU may be attached to a machine of any type. */
    @Override
    public boolean hasGpu(NodeFacts node) {
        return !node.label("cloud.google.com/gke-accelerator").isEmpty() || CloudService.super.hasGpu(node);
    }

    @Override
    public Optional<String> gpuSharing(NodeFacts node) {
        return Stream.of("cloud.google.com/gke-gpu-sharing-strategy", "cloud.google.com/gke-gpu-partition-size")
                .filter(label -> !node.label(label).isEmpty())
                .map(label -> label + "=" + node.label(label))
                .findFirst();
    }

    @Override
    public long gpuShares(NodeFacts node) {
        return Quantities.amount(node.label("cloud.google.com/gke-max-shared-clients-per-gpu"))
                .orElse(1);
    }

    /** Where Cloud DNS is on, there are no DNS pods. */
    @Override
    public boolean answersDns(NodeFacts node) {
        return hosts(node);
    }

    @Override
    public boolean enforcesPolicies(WorkloadFacts daemonSet) {
        return daemonSet.name().equals("anetd");
    }

    @Override
    public List<EgressPolicy> egressPolicies() {
        return List.of(new EgressPolicy("networking.gke.io", "v1alpha1", "fqdnnetworkpolicies", true));
    }

    @Override
    public List<StorageDriver> drivers() {
        return DRIVERS;
    }

    @Override
    public Optional<String> devicePluginOff() {
        return Optional.of("gke-no-default-nvidia-gpu-device-plugin");
    }

    @Override
    public boolean limitsCriticalPods() {
        return true;
    }

    @Override
    public String remedy(Remedy remedy) {
        return switch (remedy) {
            case ENCRYPT_SECRETS ->
                "gcloud container clusters update NAME --location REGION --database-encryption-key KEY";
            case MAKE_CONTROL_PLANE_REDUNDANT ->
                "A zonal cluster stays zonal: create another with gcloud container clusters create --region REGION";
            case FOLLOW_MINOR_VERSION ->
                "gcloud container clusters upgrade NAME --location REGION --master --cluster-version MINOR";
            case UPGRADE ->
                "gcloud container clusters upgrade NAME --location REGION --master --cluster-version NEXT; then the node"
                        + " pools";
            case LIMIT_API_ACCESS ->
                "gcloud container clusters update NAME --location REGION --enable-master-authorized-networks"
                        + " --master-authorized-networks RANGES";
            case GRANT_CLUSTER_ADMIN -> "Bind cluster-admin to the user who installs.";
            case SPREAD_POOL_OVER_ZONES -> "Give the node pool a second zone with --node-locations.";
            case ATTACH_ACCELERATOR ->
                "Create the pool again with machine type and accelerator given separately, such as n1-standard-4 and"
                        + " nvidia-tesla-t4.";
            case ENFORCE_NETWORK_POLICIES -> "Use Dataplane V2, or turn network policy enforcement on.";
            case GIVE_PODS_IDENTITY ->
                "gcloud container clusters update NAME --location REGION --workload-pool PROJECT.svc.id.goog";
            case SHARE_FILES -> "Use a class of shared files, such as one of Filestore.";
            case REPLACE_INSTANCE_TYPE -> "Move to a current type, such as g2-standard.";
            case REPLACE_NODE_IMAGE -> "Move the pool to Container-Optimized OS, or Ubuntu 22.04 or newer.";
            case ROLL_NODE_IMAGE -> "gcloud container clusters upgrade NAME --location REGION --node-pool POOL";
        };
    }
}
