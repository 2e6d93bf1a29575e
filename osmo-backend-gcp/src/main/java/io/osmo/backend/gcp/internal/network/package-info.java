/** Network, subnet with ranges for pods and services, and router with Cloud NAT. */
@NullMarked
package io.osmo.backend.gcp.internal.network;

import org.jspecify.annotations.NullMarked;
