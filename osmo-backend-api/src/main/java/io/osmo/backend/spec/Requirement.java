// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import io.osmo.backend.error.Violation;
import java.util.Optional;

/** What NVIDIA's "Create Backend (Cloud)" page asks of a backend. Rules and checks quote the {@link #id()}. */
public enum Requirement {
    CP_1("The cluster is run by a managed Kubernetes service: EKS, GKE or AKS."),
    CP_2("Kubernetes is 1.30 or newer, and the nodes are within the supported skew of the control plane."),
    CP_3("The control plane and the nodes are spread over zones in production."),
    OP_1("The OSMO operator has a node pool of its own in production."),
    OP_2("Operator nodes are general-purpose: at least 4 vCPU, 8 GB of memory and 50 GB of disk, and no GPU."),
    OP_3("The operator pool scales from 1 to 3 nodes."),
    OP_4("Operator nodes carry the label node-type=operator."),
    OP_5("A taint on the operator pool, if there is one, lets only the operator's workloads land there."),
    CN_1("There is at least one compute pool, sized to the workflows, of an instance type that is still sold."),
    CN_2("Compute pools scale with the workflows between bounds, from zero if wanted."),
    CN_3("Compute nodes carry the label node-type=compute or a more specific one, such as node-type=gpu."),
    CN_4("A taint on a compute pool, if there is one, lets only workflow pods land there."),
    RT_1("Nodes run containerd 1.7.27 or newer."),
    NW_1("The network has subnets and address ranges that fit the cluster and do not overlap."),
    NW_2("Nodes reach the registries and the OSMO service over the internet."),
    ST_1("There is exactly one default StorageClass, on the cloud's own disks."),
    ST_2("Persistent volumes are managed disks that workloads can claim."),
    ST_3("A cloud-native backup covers the cluster."),
    RG_1("nvcr.io, ghcr.io and docker.io can be reached."),
    RG_2("Image pull secrets exist in both OSMO namespaces if they are needed."),
    RG_3("Private registries can be added with their own credentials."),
    SC_1("Kubernetes' own data is encrypted at rest with a key of the customer."),
    SC_2("Persistent volumes and node disks are encrypted at rest."),
    SC_3("All communication is TLS 1.2 or newer with verified certificates.");

    private final String text;

    Requirement(String text) {
        this.text = text;
    }

    /** The id, such as {@code CP-2}. */
    public String id() {
        return name().replace('_', '-');
    }

    /** What is required, in one sentence. */
    public String text() {
        return text;
    }

    /**
     * A field of a spec that does not meet this requirement.
     *
     * @param path path of the field, such as {@code computePools[1].scale.max}
     * @param given what was given, as text; never a secret
     * @param allowed what is allowed, as a phrase
     * @param remedy what to do
     */
    public Violation violation(String path, String given, String allowed, String remedy) {
        return new Violation(path, Optional.of(id()), given, allowed, remedy);
    }

    @Override
    public String toString() {
        return id();
    }
}
