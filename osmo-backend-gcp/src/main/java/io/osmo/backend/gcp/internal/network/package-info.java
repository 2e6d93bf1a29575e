/** Network, subnet with ranges for pods and services, and the way out of it. */
@NullMarked
package io.osmo.backend.gcp.internal.network;

import org.jspecify.annotations.NullMarked;
