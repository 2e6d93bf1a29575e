/** The services that the project must have switched on. */
@NullMarked
package io.osmo.backend.gcp.internal.services;

import org.jspecify.annotations.NullMarked;
