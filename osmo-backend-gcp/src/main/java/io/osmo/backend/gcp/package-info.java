/**
 * Backends on Google Kubernetes Engine. A host needs {@link io.osmo.backend.gcp.GkeSettings} only: the provider is found by its id.
 * {@link io.osmo.backend.gcp.GcpClients} is for hosts that bring their own credentials or endpoints.
 */
@NullMarked
package io.osmo.backend.gcp;

import org.jspecify.annotations.NullMarked;
