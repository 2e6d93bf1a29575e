// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import java.net.URI;

/** The services of Google Cloud that a backend uses, and their endpoints. */
public enum GcpService {
    /** Clusters and node pools; gRPC. */
    CONTAINER("container"),
    /** Key rings and keys; gRPC. */
    KMS("cloudkms"),
    /** Backup for GKE; gRPC. */
    BACKUP("gkebackup"),
    /** Networks, machine types, and objects that a cluster leaves behind; JSON over HTTP. */
    COMPUTE("compute"),
    /** Service accounts; JSON over HTTP. */
    IAM("iam"),
    /** The project and its policy; JSON over HTTP. */
    RESOURCE_MANAGER("cloudresourcemanager"),
    /** The services that are enabled in a project; JSON over HTTP. */
    SERVICE_USAGE("serviceusage"),
    /** List prices; JSON over HTTP. Needed only for cost estimates. */
    BILLING("cloudbilling");

    private final String serviceName;

    GcpService(String name) {
        this.serviceName = name + ".googleapis.com";
    }

    /** Name by which a project enables it, such as {@code container.googleapis.com}. */
    public String serviceName() {
        return serviceName;
    }

    /** Google's own endpoint. */
    public URI standardEndpoint() {
        return URI.create("https://" + serviceName);
    }
}
