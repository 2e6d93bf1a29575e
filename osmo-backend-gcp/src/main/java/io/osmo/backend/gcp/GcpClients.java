// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import com.google.auth.Credentials;
import com.google.cloud.compute.v1.AcceleratorTypesClient;
import com.google.cloud.compute.v1.GlobalOperationsClient;
import com.google.cloud.compute.v1.MachineTypesClient;
import com.google.cloud.compute.v1.NetworksClient;
import com.google.cloud.compute.v1.RegionOperationsClient;
import com.google.cloud.compute.v1.RegionsClient;
import com.google.cloud.compute.v1.RoutersClient;
import com.google.cloud.compute.v1.SubnetworksClient;
import com.google.cloud.container.v1.ClusterManagerClient;
import com.google.cloud.gkebackup.v1.BackupForGKEClient;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Google's client libraries for one project, each client created when it is first used. Implement this interface to use other
 * endpoints, credentials or an emulator; {@link #connect} creates Google's clients for the endpoints of a {@link GcpTarget}.
 *
 * <p>The clients' operation futures are not used, because they poll on their own threads and clocks. Instead, the engine reads until
 * a change has taken effect.
 */
public interface GcpClients extends AutoCloseable {
    /** Id of the project that contains all resources. */
    String project();

    /** Credentials for requests that no client signs, such as those to the Kubernetes API. */
    Credentials credentials();

    ClusterManagerClient clusters();

    KeyManagementServiceClient keys();

    BackupForGKEClient backups();

    NetworksClient networks();

    SubnetworksClient subnetworks();

    RoutersClient routers();

    RegionsClient regions();

    MachineTypesClient machineTypes();

    AcceleratorTypesClient acceleratorTypes();

    GlobalOperationsClient globalOperations();

    RegionOperationsClient regionOperations();

    /**
     * The endpoint of a service that is called by URL rather than by a client: service accounts, policies, enabled services, and what
     * a cluster leaves behind in Compute Engine.
     */
    URI endpoint(GcpService service);

    /** HTTP client for the calls by URL and for the clients of Compute Engine. It adds no credentials. */
    HttpClient http();

    /** Maximum number of attempts for a read by URL, at least 1. Google's clients have their own retries. */
    default int attempts() {
        return 1;
    }

    /**
     * Makes one call on the calling thread. All calls go through this method, so that a host that wraps the clients can count, trace or
     * delay calls, and an emulator can make them fail.
     *
     * @param operation the permission that the call needs, such as {@code container.clusters.create}
     */
    default <T> T call(String operation, Supplier<T> call) {
        return call.get();
    }

    /**
     * URL of the Kubernetes API of an emulated cluster; empty, the default, means the endpoint that the cluster names.
     *
     * @param location region or zone of the cluster; a region and its zones can each have a cluster of the same name
     */
    default Optional<URI> kubernetes(String location, String cluster) {
        return Optional.empty();
    }

    @Override
    void close();

    /** Google's clients for the endpoints of a target. Nothing is built or called before it is needed. */
    static GcpClients connect(GcpTarget target) {
        return new DefaultGcpClients(target);
    }

    /** Creates the clients for one session. */
    @FunctionalInterface
    interface Factory {
        GcpClients open(String region, GkeSettings settings);
    }
}
