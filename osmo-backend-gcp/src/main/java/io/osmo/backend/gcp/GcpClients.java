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
 * The vendor's clients for one project, each created when first asked for. Endpoints, credentials and emulators are
 * swapped here and nowhere else; {@link #connect} makes the vendor's clients for the endpoints of a {@link GcpTarget}.
 *
 * <p>Nothing waits for the clients' own operation futures, which poll on threads and clocks of their own: the engine reads until
 * the change has happened.
 */
public interface GcpClients extends AutoCloseable {
    /** Id of the project that holds everything. */
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
     * Where a service is reached that is called by URL: service accounts, policies, enabled services, and what a cluster leaves
     * behind in Compute Engine.
     */
    URI endpoint(GcpService service);

    /** Sends what does not go over gRPC: the calls by URL, and those of the clients of Compute Engine. It adds no credentials. */
    HttpClient http();

    /** How often a reading call by URL is tried, at least once. The vendor's clients see to theirs. */
    default int attempts() {
        return 1;
    }

    /**
     * Makes one call on the calling thread. All calls go through here, so a host that wraps the clients can count, trace or
     * delay them, and an emulator can fail them.
     *
     * @param operation the permission that it needs, such as {@code container.clusters.create}
     */
    default <T> T call(String operation, Supplier<T> call) {
        return call.get();
    }

    /**
     * Where the Kubernetes API of an emulated cluster is; empty means where the cluster says.
     *
     * @param location region or zone of the cluster: a region and its zones may each have a cluster of the same name
     */
    default Optional<URI> kubernetes(String location, String cluster) {
        return Optional.empty();
    }

    @Override
    void close();

    /** The vendor's clients for the endpoints of a target. Nothing is built or called before it is needed. */
    static GcpClients connect(GcpTarget target) {
        return new DefaultGcpClients(target);
    }

    /** Makes the clients of one session. */
    @FunctionalInterface
    interface Factory {
        GcpClients open(String region, GkeSettings settings);
    }
}
