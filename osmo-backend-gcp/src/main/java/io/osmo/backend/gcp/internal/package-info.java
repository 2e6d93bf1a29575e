/**
 * What all Google Cloud resources and readers share: the context of a backend, translation of errors, ownership, and the
 * shapes of a resource and of a reader.
 */
@NullMarked
package io.osmo.backend.gcp.internal;

import org.jspecify.annotations.NullMarked;
